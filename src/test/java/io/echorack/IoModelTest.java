package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// However a server waits for its clients, they see the same.
@ParameterizedClass
@ValueSource(strings = {"eventLoop", "threadPerConnection", "virtualThreads", "iterative"})
class IoModelTest extends OneProgram {
    private static final String[] FRAMINGS = {
        "{\"type\": \"raw\"}",
        "{\"type\": \"delimiter\"}",
        "{\"type\": \"lengthPrefix\", \"lengthBytes\": 2}",
        "{\"type\": \"fixed\", \"frameBytes\": 3}"
    };

    /// What is sent in each framing: one message, or two and the half of a third.
    private static final String[] SENT = {"abc", "abc\nde\nf", "\0\3abc\0\2de\0\5f", "abcdefgh"};

    /// A behavior, and what it answers to each of them.
    private static final String[][] ANSWERS = {
        {"{\"type\": \"echo\"}", "abc", "abc\nde\n", "\0\3abc\0\2de", "abcdef"},
        {"{\"type\": \"uppercase\"}", "ABC", "ABC\nDE\n", "\0\3ABC\0\2DE", "ABCDEF"},
        {"{\"type\": \"reverse\"}", "cba", "cba\ned\n", "\0\3cba\0\2ed", "cbafed"},
        {"{\"type\": \"discard\"}", "", "", "", ""},
        {"{\"type\": \"reply\", \"payload\": {\"text\": \"no\"}}", "no", "nono", "nono", "nono"},
        {
            "{\"type\": \"echo\", \"banner\": {\"text\": \"?\"}}",
            "?abc",
            "?abc\nde\n",
            "?\0\3abc\0\2de",
            "?abcdef"
        },
        {
            "{\"type\": \"rules\", \"otherwise\": \"close\", \"rules\": [{\"when\": {\"equals\": {\"text\": \"abc\"}}, \"reply\": {\"text\": \"yes\"}}]}",
            "yes",
            "yes",
            "yes",
            "yes"
        }
    };

    @Parameter String ioModel = "eventLoop";

    @BeforeEach
    void waitsAs() {
        rack.ioModel = ioModel;
    }

    @Test
    void everyBehaviorUnderEveryFramingAnswersTheSame() throws IOException {
        for (String[] answers : ANSWERS) {
            for (int i = 0; i < FRAMINGS.length; i++) {
                int port =
                        rack.start(
                                "{\"name\": \"table\", \"behavior\": %s, \"framing\": %s}"
                                        .formatted(answers[0], FRAMINGS[i]));
                assertEquals(
                        answers[i + 1], exchange(port, SENT[i]), answers[0] + " " + FRAMINGS[i]);
                rack.call("DELETE", "/servers/table", "");
            }
        }
    }

    @Test
    void whatHappensIsToldInOrderWithTheReadsThatBroughtIt() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"told-%s\", \"behavior\": {\"type\": \"uppercase\"}, \"framing\": {\"type\": \"delimiter\"}}"
                                .formatted(ioModel.toLowerCase(java.util.Locale.ROOT)));
        String name = "told-" + ioModel.toLowerCase(java.util.Locale.ROOT);
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hel".getBytes(ISO_8859_1));
            rack.events("server:" + name + " kind:read", 1);
            client.getOutputStream().write("lo\nx".getBytes(ISO_8859_1));
            assertEquals("HELLO\n", latin(client.getInputStream().readNBytes(6)));
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        }
        JsonNode events = rack.events("server:" + name + " not kind:serverStarted", 7);
        List<String> kinds = new ArrayList<>();
        events.forEach(event -> kinds.add(event.path("kind").asText()));
        assertEquals(
                "connectionOpened read read frame write connectionHalfClosed connectionClosed",
                String.join(" ", kinds));
        JsonNode frame = events.get(3);
        assertEquals(1, frame.path("firstRead").asInt());
        assertEquals(2, frame.path("lastRead").asInt());
        assertEquals("hello\n", frame.at("/payload/text").asText());
        assertEquals(1, events.get(5).path("leftoverBytes").asInt());
        assertEquals(
                "client fin 1",
                events.get(6).path("closedBy").asText()
                        + " "
                        + events.get(6).path("closeKind").asText()
                        + " "
                        + events.get(6).path("leftoverBytes").asText());
        assertEquals(7, rack.counter(name, "bytesIn"));
        assertEquals(1, rack.counter(name, "messagesIn"));
        assertEquals(6, rack.counter(name, "bytesOut"));
        assertEquals(1, rack.counter(name, "connectionsAccepted"));
    }

    @Test
    void aClientThatEndsItsOutputStillGetsTheWholeAnswer() throws Exception {
        int port = rack.start("{\"name\": \"half\"}");
        byte[] sent = new byte[4 * 1024 * 1024];
        new Random(3).nextBytes(sent);
        try (Socket client = rack.connect(port)) {
            Thread sender =
                    Thread.startVirtualThread(() -> {
                        try {
                            client.getOutputStream().write(sent);
                            client.shutdownOutput();
                        } catch (IOException failed) {
                            throw new AssertionError(failed);
                        }
                    });
            assertArrayEquals(sent, client.getInputStream().readAllBytes());
            sender.join();
        }
        rack.call("DELETE", "/servers/half", "");
    }

    @Test
    void whoSpeaksWithoutEndIsEndedByTheClientByIdlenessAndByAStop() throws IOException {
        int port = rack.start("{\"name\": \"lines\", \"behavior\": {\"type\": \"chargen\"}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(1);
            assertTrue(latin(client.getInputStream().readNBytes(10_000)).startsWith(" !\"#"));
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        closed("lines", "fin");
        try (Socket client = rack.connect(port)) {
            client.getInputStream().read();
            rack.call("PATCH", "/servers/lines", "{\"limits\": {\"idleTimeoutMs\": 200}}");
            closed("lines", "idleTimeout");
        }
        rack.call("PATCH", "/servers/lines", "{\"limits\": {\"idleTimeoutMs\": 0}}");
        try (Socket client = rack.connect(port)) {
            client.getInputStream().read();
            assertEquals(
                    "stopped",
                    rack.post("/servers/lines/stop", "").body().at("/status/state").asText());
            closed("lines", "stop");
        }
        rack.call("DELETE", "/servers/lines", "");
    }

    @Test
    void aConnectionEndsAtItsLimits() throws IOException {
        limit("{\"idleTimeoutMs\": 200}", "idleTimeout", "");
        limit("{\"maxLifetimeMs\": 200}", "limit", "");
        limit("{\"maxBytesPerConnection\": 2}", "limit", "abc\n");
    }

    @Test
    void aMessageThatIsTooLongEndsItsConnection() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"long\", \"framing\": {\"type\": \"delimiter\", \"maxFrameBytes\": 4}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("abcd\nabcdefgh".getBytes(ISO_8859_1));
            assertEquals("abcd\n", latin(client.getInputStream().readNBytes(5)));
            closed("long", "frameTooLong");
        }
        rack.call("DELETE", "/servers/long", "");
    }

    @Test
    void aClientBeyondItsRateWaitsAndLosesNothing() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"rate\", \"framing\": {\"type\": \"delimiter\"}, \"limits\": {\"maxMessagesPerSecondPerPeer\": 5}}");
        long begun = System.nanoTime();
        assertEquals("a\n".repeat(12), exchange(port, "a\n".repeat(12)));
        assertTrue(System.nanoTime() - begun >= 2_000_000_000L, "twelve need three seconds");
        rack.call("DELETE", "/servers/rate", "");
    }

    @Test
    void whoIsDeniedIsTurnedAwayAndCounted() throws IOException {
        int port = rack.start("{\"name\": \"no\", \"limits\": {\"deny\": [\"127.0.0.0/8\"]}}");
        try (Socket client = rack.connect(port)) {
            assertEquals(-1, client.getInputStream().read());
        }
        Running.eventually(() -> rack.counter("no", "connectionsRefused"), n -> n == 1);
        rack.call("PATCH", "/servers/no", "{\"limits\": null}");
        assertEquals("a", exchange(port, "a"));
        rack.call("DELETE", "/servers/no", "");
    }

    @Test
    void aChangeOfBehaviorReachesAnOpenConnectionAndARestartEndsIt() throws IOException {
        int port = rack.start("{\"name\": \"live\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            InputStream in = client.getInputStream();
            client.getOutputStream().write("a\n".getBytes(ISO_8859_1));
            assertEquals("a\n", latin(in.readNBytes(2)));
            rack.call("PATCH", "/servers/live", "{\"behavior\": {\"type\": \"uppercase\"}}");
            client.getOutputStream().write("a\n".getBytes(ISO_8859_1));
            assertEquals("A\n", latin(in.readNBytes(2)));
            String other = ioModel.equals("eventLoop") ? "iterative" : "eventLoop";
            JsonNode status =
                    rack.call("PATCH", "/servers/live", "{\"ioModel\": \"" + other + "\"}")
                            .body()
                            .path("status");
            assertEquals("restarted", status.at("/lastChange/applied").asText());
            assertEquals(1, status.at("/lastChange/connectionsClosed").asInt());
            assertEquals(other, status.at("/threads/model").asText());
            assertEquals(-1, in.read());
        }
        int again = rack.get("/servers/live").body().at("/status/port").asInt();
        assertEquals("A\n", exchange(again, "a\n"));
        rack.call("DELETE", "/servers/live", "");
    }

    private void limit(String limits, String kind, String sent) throws IOException {
        int port = rack.start("{\"name\": \"bound\", \"limits\": " + limits + "}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(sent.getBytes(ISO_8859_1));
            assertEquals(sent, latin(client.getInputStream().readAllBytes()));
            closed("bound", kind);
        }
        rack.call("DELETE", "/servers/bound", "");
    }

    /// The latest connection of a server has ended so.
    private void closed(String server, String kind) {
        Running.eventually(
                () -> {
                    JsonNode all =
                            rack.get("/connections?server=" + server).body().path("connections");
                    return all.path(all.size() - 1).path("closeKind").asText();
                },
                kind::equals);
    }

    /// Sends, ends the output, and gives back all that comes.
    private String exchange(int port, String sent) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(sent.getBytes(ISO_8859_1));
            client.shutdownOutput();
            return latin(client.getInputStream().readAllBytes());
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
