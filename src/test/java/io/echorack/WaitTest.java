package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.model.Ceilings;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Waiting for events over REST.
class WaitTest extends OneProgram {
    private static final String WAIT = "/events/wait";

    @BeforeEach
    void empty() {
        assertEquals(200, rack.post("/reset", "").status());
    }

    @Test
    void whatIsThereIsGivenAtOnceAndNoMoreThanThat() throws IOException {
        int port = rack.start("{\"name\": \"a\", \"framing\": {\"type\": \"delimiter\"}}");
        say(port, "one\ntwo\nthree\n");
        rack.events("server:a kind:frame", 3);
        JsonNode two = rack.post(WAIT, order("server:a kind:frame", 2, 60_000, "0")).body();
        assertEquals(2, two.path("events").size());
        assertEquals("one\n", two.at("/events/0/payload/text").asText());
        String next = two.path("next").asText();
        assertEquals(two.at("/events/1/seq").asText(), next);
        JsonNode third = rack.post(WAIT, order("server:a kind:frame", 1, 60_000, next)).body();
        assertEquals("three\n", third.at("/events/0/payload/text").asText());
        assertEquals(
                "6f6e650a",
                rack.post(WAIT + "?as=hex", order("kind:frame text:one", 1, 0, "0"))
                        .body()
                        .at("/events/0/payload/hex")
                        .asText());
    }

    @Test
    void whatComesLaterEndsTheWait() throws IOException {
        int port = rack.start("{\"name\": \"b\", \"framing\": {\"type\": \"delimiter\"}}");
        say(port, "early\n");
        String from = latest();
        CompletableFuture<Running.Answer> waiting =
                waiting(order("server:b kind:frame", 1, 60_000, from));
        say(port, "late\n");
        Running.Answer answer = waiting.join();
        assertEquals(200, answer.status());
        assertEquals("late\n", answer.body().at("/events/0/payload/text").asText());
    }

    /// Nothing that was answered before the call counts as new.
    @Test
    void fromNowIsFromNow() throws IOException {
        int port = rack.start("{\"name\": \"n\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            for (int i = 0; i < 20; i++) {
                client.getOutputStream().write("x\n".getBytes(UTF_8));
                client.getInputStream().readNBytes(2);
                Running.Answer answer = rack.post(WAIT, order("kind:frame", 1, 0, "null"));
                assertEquals(408, answer.status(), answer.text());
            }
        }
    }

    @Test
    void whatDoesNotComeIsToldWithWhatCameNearest() throws IOException {
        int port = rack.start("{\"name\": \"c\", \"framing\": {\"type\": \"delimiter\"}}");
        String from = latest();
        say(port, "hola\nHOLA\n");
        rack.events("server:c kind:connectionClosed", 1);
        Running.Answer answer =
                rack.post(WAIT, order("server:c kind:frame text:HOLA", 2, 50, from));
        assertEquals(408, answer.status());
        assertEquals("timeout", answer.code());
        assertEquals("1 of 2 events came within 50 ms.", answer.body().path("detail").asText());
        assertEquals("HOLA\n", answer.body().at("/events/0/payload/text").asText());
        List<JsonNode> nearest = new ArrayList<>();
        answer.body().path("nearest").forEach(nearest::add);
        Set<String> missed = new TreeSet<>();
        nearest.forEach(miss ->
                missed.add(miss.path("missed").asText() + " " + miss.at("/event/kind").asText()));
        assertEquals(Set.of("kind:frame read", "kind:frame write", "text:HOLA frame"), missed);
        assertEquals(
                rack.get("/events?limit=1").body().path("latestSeq"), answer.body().path("next"));
        assertEquals(0, answer.body().path("unread").asLong(-1));
    }

    @Test
    void nearMissesAreBounded() throws IOException {
        int port = rack.start("{\"name\": \"m\", \"framing\": {\"type\": \"delimiter\"}}");
        say(port, "x\n".repeat(50));
        rack.events("server:m kind:connectionClosed", 1);
        JsonNode nearest =
                rack.post(WAIT, order("server:m kind:frame text:y", 1, 0, "0"))
                        .body()
                        .path("nearest");
        assertEquals(Ceilings.NEAR_MISSES, nearest.size());
        assertEquals(98, nearest.get(9).at("/event/offset").asLong(), "the latest ones");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        Running.Answer answer = rack.post(WAIT, order("kind:frame", 1_001, 60_001, "-1"));
        assertEquals(422, answer.status());
        assertEquals(3, answer.body().path("errors").size());
        answer = rack.post(WAIT, order("kind:fame", 1, 0, "0"));
        assertEquals(400, answer.status());
        assertEquals(5, answer.body().path("position").asInt());
        assertEquals(408, rack.post(WAIT, "{\"withinMs\": 0}").status());
    }

    @Test
    void oneMoreThanMayWaitIsTurnedAway() {
        String from = latest();
        String order = order("server:end kind:serverStarted", 1, 60_000, from);
        List<CompletableFuture<Running.Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < Ceilings.WAITERS; i++) {
            waiting.add(waiting(order));
        }
        Running.Answer refused =
                Running.eventually(
                        () -> rack.post(WAIT, order("kind:lost server:none", 1, 0, from)),
                        answer -> answer.status() == 429);
        assertEquals("limit_reached", refused.code());
        rack.start("{\"name\": \"end\"}");
        waiting.forEach(one -> assertEquals(200, one.join().status()));
        assertTrue(rack.post(WAIT, order("server:end", 1, 0, from)).status() == 200);
    }

    private CompletableFuture<Running.Answer> waiting(String order) {
        return CompletableFuture.supplyAsync(
                () -> rack.post(WAIT, order), task -> Thread.ofVirtual().start(task));
    }

    private String latest() {
        return rack.get("/events?limit=1").body().path("latestSeq").asText();
    }

    private void say(int port, String lines) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(lines.getBytes(UTF_8));
            client.getInputStream().readNBytes(lines.length());
        }
    }

    private static String order(String filter, int count, int withinMs, String afterSeq) {
        return "{\"filter\": \"%s\", \"count\": %d, \"withinMs\": %d, \"afterSeq\": %s}"
                .formatted(filter, count, withinMs, afterSeq);
    }
}
