package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// TCP servers, from outside, with plain sockets.
class TcpEchoTest extends OneProgram {
    @Test
    void aClientLikeTheCoursesGetsItsLinesInCapitals() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "course", "behavior": {"type": "uppercase"}, "framing": {"type": "delimiter"}}
                        """);
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola tcp\n".getBytes(UTF_8));
            client.getOutputStream().write("otra linea\n".getBytes(UTF_8));
            assertEquals("HOLA TCP\nOTRA LINEA\n", text(client.getInputStream().readNBytes(20)));
        }
    }

    @Test
    void whateverTheCuttingTheAnswersAreTheSame() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"cut\", \"framing\": {\"type\": \"lengthPrefix\", \"lengthBytes\": 2}}");
        long seed = 20_26;
        Random random = new Random(seed);
        for (int most : new int[] {1, 7, 700, 50_000}) {
            byte[] messages = lengthPrefixed(100, random);
            try (Socket client = rack.connect(port)) {
                client.setTcpNoDelay(true);
                OutputStream out = client.getOutputStream();
                for (int at = 0; at < messages.length; ) {
                    int length = Math.min(messages.length - at, 1 + random.nextInt(most));
                    out.write(messages, at, length);
                    at += length;
                }
                client.shutdownOutput();
                assertArrayEquals(messages, client.getInputStream().readAllBytes(), "seed " + seed);
            }
        }
        assertEquals(400, rack.counter("cut", "messagesIn"));
        assertEquals(400, rack.counter("cut", "messagesOut"));
    }

    @Test
    void onlyTheContentIsPutInCapitals() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "content", "behavior": {"type": "uppercase"},
                         "framing": {"type": "lengthPrefix", "lengthBytes": 1}}
                        """);
        byte[] message = new byte[1 + 'a'];
        java.util.Arrays.fill(message, (byte) 'x');
        message[0] = 'a';
        byte[] expected = message.clone();
        java.util.Arrays.fill(expected, 1, expected.length, (byte) 'X');
        assertArrayEquals(expected, exchange(port, message));
    }

    @Test
    void replySendsItsBytesAsGivenAndDiscardNothing() throws IOException {
        int reply =
                rack.start(
                        """
                        {"name": "reply", "framing": {"type": "delimiter"},
                         "behavior": {"type": "reply", "payload": {"hex": "00ff 0a"}}}
                        """);
        assertArrayEquals(
                new byte[] {0, (byte) 0xff, 10, 0, (byte) 0xff, 10},
                exchange(reply, "a\nb\n".getBytes(UTF_8)));
        int discard = rack.start("{\"name\": \"discard\", \"behavior\": {\"type\": \"discard\"}}");
        assertEquals(0, exchange(discard, "anything".getBytes(UTF_8)).length);
    }

    @Test
    void whatIsLeftOverAtTheEndIsNotAnsweredAndIsTold() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"left\", \"framing\": {\"type\": \"fixed\", \"frameBytes\": 4}}");
        assertEquals("12345678", text(exchange(port, "1234567890".getBytes(UTF_8))));
        JsonNode events =
                rack.events("server:left (kind:connectionHalfClosed or kind:connectionClosed)", 2);
        for (JsonNode event : events) {
            assertEquals(2, event.path("leftoverBytes").asInt());
        }
        assertEquals("client", events.get(1).path("closedBy").asText());
        assertEquals("fin", events.get(1).path("closeKind").asText());
    }

    @Test
    void aClientThatEndsItsOutputStillGetsTheWholeAnswer() throws Exception {
        int port = rack.start("{\"name\": \"halfclose\"}");
        byte[] sent = new byte[8 * 1024 * 1024];
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
    }

    @Test
    void aClientThatNeverReadsIsNotReadFrom() throws Exception {
        int port =
                rack.start(
                        """
                        {"name": "stuck", "framing": {"type": "delimiter"},
                         "behavior": {"type": "reply", "payload": {"text": "%s"}}}
                        """
                                .formatted("x".repeat(60_000)));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("\n".repeat(2_000).getBytes(UTF_8));
            long out =
                    Running.eventually(
                            () -> rack.counter("stuck", "messagesOut"), answered -> answered > 10);
            // 2,000 answers would be 120 MB; only what the socket buffers take is made.
            assertTrue(out < 1_000, "made " + out + " answers for a client that takes none");
            client.shutdownOutput();
            long length = client.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertEquals(2_000L * 60_000, length);
        }
        assertEquals(2_000, rack.counter("stuck", "messagesOut"));
    }

    @Test
    void aClientThatPausesAndEndsNothingGetsItsLastAnswerToo() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "pausing", "framing": {"type": "delimiter"},
                         "behavior": {"type": "reply", "payload": {"text": "%s"}}}
                        """
                                .formatted("y".repeat(1_000)));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("x\n".repeat(20_000).getBytes(UTF_8));
            Running.eventually(
                    () -> rack.counter("pausing", "messagesIn"), messages -> messages > 100);
            assertEquals(20_000_000, client.getInputStream().readNBytes(20_000_000).length);
        }
    }

    @Test
    void aClientThatTakesItsAnswersSlowlyIsNotIdle() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "slow", "limits": {"idleTimeoutMs": 2000}, "framing": {"type": "delimiter"},
                         "socket": {"sendBufferBytes": 4096},
                         "behavior": {"type": "reply", "payload": {"text": "%s"}}}
                        """
                                .formatted("z".repeat(60_000)));
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4_096);
            client.setSoTimeout(20_000);
            client.connect(new InetSocketAddress("127.0.0.1", port));
            client.getOutputStream().write('\n');
            long taken = 0;
            while (taken < 60_000) {
                java.util.concurrent.locks.LockSupport.parkNanos(60_000_000);
                taken +=
                        client.getInputStream()
                                .readNBytes(Math.min(1_000, (int) (60_000 - taken)))
                                .length;
            }
            assertEquals(60_000, taken);
        }
    }

    @Test
    void aHalfCloseIsSeenWhileAnswersWait() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "half", "framing": {"type": "delimiter"},
                         "behavior": {"type": "reply", "payload": {"text": "%s"}}}
                        """
                                .formatted("x".repeat(60_000)));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("\n".repeat(500).getBytes(UTF_8));
            client.shutdownOutput();
            // Without epoll a FIN is only seen by reading, and nothing is read while answers wait.
            if (rack.get("/info").body().path("transport").asText().equals("epoll")) {
                Running.eventually(
                        () ->
                                rack.get("/connections?server=half")
                                        .body()
                                        .at("/connections/0/state")
                                        .asText(),
                        state -> state.equals("halfClosed"));
            }
            assertEquals(
                    500L * 60_000,
                    client.getInputStream().transferTo(OutputStream.nullOutputStream()));
        }
    }

    @Test
    void aMessageBeyondTheBoundClosesItsConnectionWithTheReason() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "bound", "framing": {"type": "delimiter", "maxFrameBytes": 16}}
                        """);
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("fine\n".getBytes(UTF_8));
            assertEquals("fine\n", text(client.getInputStream().readNBytes(5)));
            client.getOutputStream().write("far too long for this\n".getBytes(UTF_8));
            assertEquals(-1, endOf(client.getInputStream()));
        }
        JsonNode closed = rack.events("server:bound kind:connectionClosed", 1).get(0);
        assertEquals("frameTooLong", closed.path("closeKind").asText());
        assertEquals("server", closed.path("closedBy").asText());
        assertEquals(
                "a message is longer than its bound; maxFrameBytes is 16",
                closed.path("reason").asText());
    }

    @Test
    void moreConnectionsThanAllowedAreRefusedAndCounted() throws IOException {
        int port = rack.start("{\"name\": \"full\", \"limits\": {\"maxConnections\": 2}}");
        try (Socket one = rack.connect(port);
                Socket two = rack.connect(port)) {
            one.getOutputStream().write('1');
            two.getOutputStream().write('2');
            assertEquals('1', one.getInputStream().read());
            assertEquals('2', two.getInputStream().read());
            try (Socket three = rack.connect(port)) {
                assertEquals(-1, endOf(three.getInputStream()));
            }
        }
        assertEquals(1, rack.counter("full", "connectionsRefused"));
        assertEquals(1, rack.events("server:full kind:connectionRefused", 1).size());
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        int port = rack.start("{\"name\": \"idle\", \"limits\": {\"idleTimeoutMs\": 1000}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            assertEquals(-1, endOf(client.getInputStream()));
        }
        JsonNode closed = rack.events("server:idle kind:connectionClosed", 1).get(0);
        assertEquals("idleTimeout", closed.path("closeKind").asText());
    }

    @Test
    void aConnectionIsClosedByFinOrByRst() throws IOException {
        int port = rack.start("{\"name\": \"closing\"}");
        for (String how : List.of("fin", "rst")) {
            try (Socket client = rack.connect(port)) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
                String peer = "127.0.0.1:" + client.getLocalPort();
                String id =
                        rack.events("server:closing kind:connectionOpened peer:" + peer, 1)
                                .get(0)
                                .path("connection")
                                .asText();
                assertEquals(
                        204,
                        rack.call("DELETE", "/connections/" + id + "?how=" + how, "").status());
                if (how.equals("fin")) {
                    assertEquals(-1, client.getInputStream().read());
                } else {
                    org.junit.jupiter.api.Assertions.assertThrows(
                            SocketException.class, () -> client.getInputStream().read());
                }
                JsonNode closed =
                        Running.eventually(
                                () -> rack.get("/connections/" + id).body(),
                                connection -> connection.path("state").asText().equals("closed"));
                assertEquals("server", closed.path("closedBy").asText());
                assertEquals(how, closed.path("closeKind").asText());
                assertEquals(409, rack.call("DELETE", "/connections/" + id, "").status());
            }
        }
    }

    @Test
    void aClientsRstIsItsOwn() throws IOException {
        int port = rack.start("{\"name\": \"reset\"}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            client.setSoLinger(true, 0);
        }
        JsonNode closed = rack.events("server:reset kind:connectionClosed", 1).get(0);
        assertEquals("client", closed.path("closedBy").asText());
        assertEquals("rst", closed.path("closeKind").asText());
    }

    @Test
    void tenThousandMessagesOverAHundredConnectionsAreCountedExactly() throws Exception {
        int port = rack.start("{\"name\": \"many\", \"framing\": {\"type\": \"delimiter\"}}");
        long before = rack.get("/events?limit=1").body().path("latestSeq").asLong();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> received = new ArrayList<>();
            for (int client = 0; client < 100; client++) {
                int number = client;
                received.add(clients.submit(() -> hundredMessages(port, number)));
            }
            long sum = 0;
            for (Future<Long> one : received) {
                sum += one.get();
            }
            assertEquals(10_000, sum);
        }
        assertEquals(10_000, rack.counter("many", "messagesIn"));
        assertEquals(10_000, rack.counter("many", "messagesOut"));
        assertEquals(0, rack.counter("many", "eventsLost"));
        long frames =
                Running.eventually(
                        () -> countEvents("server:many kind:frame", before),
                        count -> count >= 10_000);
        assertEquals(10_000, frames);
        assertEquals(rack.counter("many", "bytesIn"), rack.counter("many", "bytesOut"));
        assertEquals(10_000, countEvents("server:many kind:write", before));
    }

    @Test
    void readsAreNoLongerThanTheReadBuffer() throws IOException {
        int port = rack.start("{\"name\": \"buf\", \"socket\": {\"readBufferBytes\": 4}}");
        assertEquals("0123456789", text(exchange(port, "0123456789".getBytes(UTF_8))));
        for (JsonNode read : rack.events("server:buf kind:read", 3)) {
            assertTrue(read.path("length").asInt() <= 4, read.toString());
        }
    }

    private long countEvents(String filter, long after) {
        long count = 0;
        long position = after;
        while (true) {
            String query =
                    "/events?limit=1000&after="
                            + position
                            + "&filter="
                            + java.net.URLEncoder.encode(filter, UTF_8);
            JsonNode page = rack.get(query).body();
            if (page.path("events").isEmpty()) {
                return count;
            }
            count += page.path("events").size();
            position = page.path("next").asLong();
        }
    }

    private static long hundredMessages(int port, int client) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 20_000);
            socket.setSoTimeout(20_000);
            long received = 0;
            for (int i = 0; i < 100; i++) {
                byte[] message = ("client " + client + " message " + i + "\n").getBytes(UTF_8);
                socket.getOutputStream().write(message);
                assertArrayEquals(message, socket.getInputStream().readNBytes(message.length));
                received++;
            }
            return received;
        }
    }

    /// Sends, ends the output, and takes all that comes back.
    private byte[] exchange(int port, byte[] sent) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            return client.getInputStream().readAllBytes();
        }
    }

    /// -1 for an end, by FIN or by RST.
    private static int endOf(InputStream in) throws IOException {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private static byte[] lengthPrefixed(int count, Random random) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[random.nextInt(300)];
            random.nextBytes(content);
            all.write(content.length >> 8);
            all.write(content.length);
            all.writeBytes(content);
        }
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
