package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The live stream, as a viewer sees it.
class StreamTest extends OneProgram {
    /// Events that, at some 450 bytes each, are more than the buffers of a TCP connection hold.
    private static final long BEYOND_BUFFERS = 40_000;

    @Test
    void itGreetsAndShowsTheRackAndTellsEveryChangeOfIt() throws IOException {
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            JsonNode hello = viewer.next();
            assertEquals("hello", hello.path("type").asText());
            assertTrue(
                    hello.has("log")
                            && hello.has("oldestSeq")
                            && hello.has("latestSeq")
                            && hello.has("serverTime"));
            JsonNode snapshot = viewer.next();
            assertEquals("snapshot", snapshot.path("type").asText());
            assertTrue(snapshot.path("servers").isArray() && snapshot.path("runs").isArray());
            rack.start("{\"name\": \"seen\"}");
            JsonNode server =
                    viewer.until(message ->
                            is(message, "server")
                                    && message.at("/status/state").asText().equals("running"));
            assertEquals("seen", server.path("name").asText());
            assertEquals("seen", server.at("/spec/name").asText());
            JsonNode stats = viewer.until(message -> is(message, "stats"));
            assertTrue(stats.at("/log/capacityBytes").asLong() > 0, stats.toString());
            assertTrue(stats.at("/watching/viewers").asInt() >= 1, stats.toString());
            rack.call("DELETE", "/servers/seen", "");
            viewer.until(message -> is(message, "server") && message.path("removed").asBoolean());
        }
    }

    @Test
    void aSubscriberSeesWhatMatchesAndItsBooksBalance() throws IOException {
        int port = rack.start("{\"name\": \"watched\", \"framing\": {\"type\": \"delimiter\"}}");
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            viewer.until(message -> is(message, "snapshot"));
            subscribe(viewer, "server:watched kind:frame", 10000);
            viewer.send("{\"type\": \"nonsense\"}");
            assertEquals(
                    "invalid_field",
                    viewer.until(message -> is(message, "error")).path("code").asText());
            lines(port, 500);
            Books books = new Books(viewer);
            books.readUntil(() -> books.events + books.skipped >= 500);
            assertEquals(500, books.events + books.skipped);
            assertEquals(0, books.unread);
        }
    }

    @Test
    void beyondItsCapAViewerIsToldHowManyItMissed() throws IOException {
        int port = rack.start("{\"name\": \"fast\", \"framing\": {\"type\": \"delimiter\"}}");
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            viewer.until(message -> is(message, "snapshot"));
            subscribe(viewer, "server:fast kind:frame", 10);
            lines(port, 2_000);
            Books books = new Books(viewer);
            books.readUntil(() -> books.events + books.skipped >= 2_000);
            assertEquals(2_000, books.events + books.skipped);
            assertTrue(books.skipped > 1_000, "skipped only " + books.skipped);
        }
    }

    @Test
    void aViewerThatPausesGoesOnWhereItSays() throws IOException {
        int port = rack.start("{\"name\": \"paused\", \"framing\": {\"type\": \"delimiter\"}}");
        long before = rack.get("/events?limit=1").body().path("latestSeq").asLong();
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            viewer.until(message -> is(message, "snapshot"));
            subscribe(viewer, "server:paused kind:frame", 2000);
            viewer.send("{\"type\": \"pause\"}");
            lines(port, 10);
            rack.events("server:paused kind:frame", 10);
            viewer.send("{\"type\": \"resume\", \"afterSeq\": " + before + "}");
            Books books = new Books(viewer);
            books.readUntil(() -> books.events >= 10);
            assertEquals(10, books.events);
        }
    }

    /// A viewer that stands still takes nothing from the echo or the memory, and hears afterwards, to the event, what it missed.
    @Test
    void aViewerThatStandsStillLosesExactlyWhatItIsTold() throws IOException {
        int port = rack.start("{\"name\": \"flood\", \"capture\": {\"payload\": \"full\"}}");
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            viewer.until(message -> is(message, "snapshot"));
            subscribe(viewer, "server:flood", 10000);
            Books books = new Books(viewer);
            // Not read from here on, until the log has dropped more than any socket buffer could
            // have taken for it.
            byte[] chunk = new byte[16 * 1024];
            long sent = 0;
            try (Socket client = rack.connect(port)) {
                while (rack.get("/events?limit=1").body().path("oldestSeq").asLong()
                        < BEYOND_BUFFERS) {
                    for (int i = 0; i < 500; i++) {
                        client.getOutputStream().write(chunk);
                        assertEquals(
                                chunk.length,
                                client.getInputStream().readNBytes(chunk.length).length);
                        sent += chunk.length;
                    }
                }
            }
            assertEquals(sent, rack.counter("flood", "bytesOut"));
            long latest = rack.get("/events?limit=1").body().path("latestSeq").asLong();
            books.readUntil(() -> books.toSeq >= latest);
            assertTrue(books.unread > 0, "nothing was missed");
        }
    }

    @Test
    void aWordThatMakesNoSenseIsAnsweredWithAnError() throws IOException {
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            for (String word :
                    new String[] {
                        "{\"type\": \"nonsense\"}", "{\"type\": \"subscribe\", \"maxPerSecond\": 0}"
                    }) {
                viewer.send(word);
                assertEquals(
                        "invalid_field",
                        viewer.until(message -> is(message, "error")).path("code").asText());
            }
            viewer.send("{\"type\": \"subscribe\", \"filter\": \"kind:\"}");
            assertEquals(
                    "bad_filter",
                    viewer.until(message -> is(message, "error")).path("code").asText());
            viewer.send("no json");
            assertEquals(
                    "invalid_json",
                    viewer.until(message -> is(message, "error")).path("code").asText());
        }
    }

    /// From the latest event on that this thread knows of, so that nothing depends on when the viewer is heard.
    private void subscribe(ViewerClient viewer, String filter, int maxPerSecond)
            throws IOException {
        long latest = rack.get("/events?limit=1").body().path("latestSeq").asLong();
        viewer.send(
                "{\"type\": \"subscribe\", \"filter\": \"%s\", \"maxPerSecond\": %d, \"afterSeq\": %d}"
                        .formatted(filter, maxPerSecond, latest));
    }

    private void lines(int port, int count) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("x\n".repeat(count).getBytes(UTF_8));
            client.getInputStream().readNBytes(2 * count);
        }
    }

    private static boolean is(JsonNode message, String type) {
        return message.path("type").asText().equals(type);
    }

    /// What a viewer was told, added up; it checks that each frame begins where the last one ended.
    private static final class Books {
        private final ViewerClient viewer;
        private long events;
        private long skipped;
        private long unread;
        private long toSeq = -1;

        Books(ViewerClient viewer) {
            this.viewer = viewer;
        }

        void readUntil(java.util.function.BooleanSupplier done) throws IOException {
            Predicate<JsonNode> enough =
                    message -> {
                        if (is(message, "events")) {
                            add(message);
                        }
                        return done.getAsBoolean();
                    };
            viewer.until(enough);
        }

        private void add(JsonNode frame) {
            long from = frame.path("fromSeq").asLong();
            long to = frame.path("toSeq").asLong();
            if (toSeq >= 0) {
                assertEquals(toSeq + 1, from);
            }
            long shown = frame.path("events").size();
            long told = shown + frame.path("skipped").asLong() + frame.path("unread").asLong();
            assertTrue(told <= to - from + 1, frame.toString());
            for (JsonNode event : frame.path("events")) {
                long seq = event.path("seq").asLong();
                assertTrue(seq >= from && seq <= to);
            }
            events += shown;
            skipped += frame.path("skipped").asLong();
            unread += frame.path("unread").asLong();
            toSeq = to;
        }
    }
}
