package io.echorack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What servers bear, seen from outside.
class LimitsTest extends OneProgram {
    @Test
    void aServerOfOursIsNotAnsweredByAnother() throws IOException {
        int first = rack.start("{\"name\": \"first\", \"protocol\": \"udp\"}");
        int second =
                rack.start(
                        "{\"name\": \"second\", \"protocol\": \"udp\", \"socket\": {\"reuseAddress\": true}}");
        // A second socket on the second server's port stands for what it would send.
        try (DatagramSocket client = new DatagramSocket(null)) {
            client.setReuseAddress(true);
            client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), second));
            send(client, first, "x");
            JsonNode guard = rack.events("server:first kind:guard", 1).get(0);
            assertTrue(guard.path("reason").asText().startsWith("loopGuard"), guard.toString());
            assertEquals(1, rack.counter("first", "refusedByGuard"));
            assertEquals(1, rack.counter("first", "messagesIn"));
            assertEquals(0, rack.counter("first", "messagesOut"));
            rack.call("PATCH", "/servers/first", "{\"limits\": {\"loopGuard\": false}}");
            send(client, first, "x");
            Running.eventually(() -> rack.counter("first", "messagesOut"), sent -> sent == 1);
        }
    }

    @Test
    void whoIsDeniedIsNotAnswered() throws IOException {
        int tcp = rack.start("{\"name\": \"closed\", \"limits\": {\"deny\": [\"127.0.0.0/8\"]}}");
        try (Socket client = rack.connect(tcp)) {
            assertEquals(-1, client.getInputStream().read());
        }
        JsonNode refused = rack.events("server:closed kind:connectionRefused", 1).get(0);
        assertEquals("its address is not allowed", refused.path("reason").asText());
        int udp =
                rack.start(
                        "{\"name\": \"picky\", \"protocol\": \"udp\", \"limits\": {\"allow\": [\"10.0.0.0/8\", \"::1\"]}}");
        try (DatagramSocket client = new DatagramSocket()) {
            send(client, udp, "x");
            rack.events("server:picky kind:guard", 1);
            assertEquals(0, rack.counter("picky", "messagesIn"));
            rack.call("PATCH", "/servers/picky", "{\"limits\": {\"allow\": [\"127.0.0.1\"]}}");
            send(client, udp, "y");
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            client.receive(new DatagramPacket(new byte[1], 1));
        }
    }

    @Test
    void echoesOnLoopbackAreCutOnlyWhereAsked() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"mutes\", \"protocol\": \"udp\", \"limits\": {\"muteAfterEchoes\": 4}}");
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(300);
            int answered = 0;
            try {
                for (; answered < 100; answered++) {
                    send(client, port, "ping");
                    client.receive(new DatagramPacket(new byte[8], 8));
                }
            } catch (SocketTimeoutException muted) {
                assertEquals(4, answered);
            }
            assertEquals(4, rack.counter("mutes", "messagesOut"));
        }
    }

    @Test
    void aConnectionEndsAtItsLimits() throws IOException {
        int old = rack.start("{\"name\": \"old\", \"limits\": {\"maxLifetimeMs\": 300}}");
        try (Socket client = rack.connect(old)) {
            assertEquals(-1, client.getInputStream().read());
        }
        assertLimit("old", "maxLifetimeMs");
        int full = rack.start("{\"name\": \"full\", \"limits\": {\"maxBytesPerConnection\": 10}}");
        try (Socket client = rack.connect(full)) {
            client.getOutputStream().write(new byte[10]);
            assertEquals(10, client.getInputStream().readNBytes(10).length);
            client.getOutputStream().write(1);
            assertEquals(1, client.getInputStream().readAllBytes().length);
        }
        assertLimit("full", "maxBytesPerConnection");
    }

    @Test
    void aClientBeyondItsRateWaitsAndLosesNothing() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"slow\", \"framing\": {\"type\": \"delimiter\"}, \"limits\": {\"maxMessagesPerSecondPerPeer\": 5}}");
        long begun = System.nanoTime();
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("a\n".repeat(12).getBytes(US_ASCII));
            client.shutdownOutput();
            assertEquals(
                    "a\n".repeat(12), new String(client.getInputStream().readAllBytes(), US_ASCII));
        }
        assertTrue(
                System.nanoTime() - begun >= 2_000_000_000L, "twelve need three seconds' places");
    }

    /// Fifty-one times 1 MB are just more than waiting messages may hold, unless those before were given back twice.
    @Test
    void connectionsThatEndWhileTheyWaitGiveBackWhatTheyHeldOnce() throws IOException {
        String framing = "\"framing\": {\"type\": \"delimiter\", \"maxFrameBytes\": 2000000}";
        int gone =
                rack.start(
                        "{\"name\": \"gone\", %s, \"limits\": {\"maxMessagesPerSecondPerPeer\": 1, \"maxLifetimeMs\": 500}}"
                                .formatted(framing));
        List<Socket> open = new ArrayList<>();
        try {
            hold(gone, 60, open);
            rack.events("server:gone kind:connectionClosed", 60);
            // Until after the second in which they would have been answered again.
            java.util.concurrent.locks.LockSupport.parkNanos(1_500_000_000);
            hold(rack.start("{\"name\": \"crowded\", %s}".formatted(framing)), 51, open);
            JsonNode closed = rack.events("server:crowded kind:connectionClosed", 1).get(0);
            assertEquals("limit", closed.path("closeKind").asText(), closed.toString());
        } finally {
            for (Socket client : open) {
                client.close();
            }
        }
    }

    /// As many clients, each with a message too many for this second and 1 MB of one that never ends.
    private void hold(int port, int clients, List<Socket> open) throws IOException {
        for (int i = 0; i < clients; i++) {
            Socket client = rack.connect(port);
            open.add(client);
            try {
                client.getOutputStream().write("a\nb\n".getBytes(US_ASCII));
                client.getOutputStream().write(new byte[1_000_000]);
            } catch (IOException closed) {
                // One too many: that is what the test is about.
            }
        }
    }

    private void assertLimit(String server, String limit) {
        JsonNode closed = rack.events("server:" + server + " kind:connectionClosed", 1).get(0);
        assertEquals("limit", closed.path("closeKind").asText());
        assertTrue(closed.path("reason").asText().startsWith(limit), closed.toString());
    }

    @Test
    void everyLimitIsHeldToItsRangeAndItsProtocol() {
        Running.Answer wrong =
                rack.post(
                        "/servers",
                        """
                        {"limits": {"maxLifetimeMs": 0, "maxBytesPerConnection": 0, "maxMessagesPerSecondPerPeer": 0,
                                    "amplification": 0.5, "muteAfterEchoes": 0, "allow": ["x"], "deny": "10.0.0.0/8"}}
                        """);
        assertEquals(422, wrong.status());
        assertEquals(
                "/limits/allow/0 /limits/amplification /limits/deny /limits/maxBytesPerConnection"
                        + " /limits/maxLifetimeMs /limits/maxMessagesPerSecondPerPeer /limits/muteAfterEchoes",
                String.join(
                        " ", wrong.body().findValuesAsText("pointer").stream().sorted().toList()));
        assertEquals(422, rack.post("/servers", "{\"limits\": {\"loopGuard\": true}}").status());
        assertEquals(
                422,
                rack.post("/servers", "{\"protocol\": \"udp\", \"limits\": {\"maxLifetimeMs\": 5}}")
                        .status());
        rack.start(
                "{\"name\": \"off\", \"protocol\": \"udp\", \"limits\": {\"amplification\": null, \"muteAfterEchoes\": 7}}");
        assertEquals(
                Running.tree("{\"amplification\": null, \"muteAfterEchoes\": 7}"),
                rack.get("/servers/off").body().at("/spec/limits"));
    }

    private static void send(DatagramSocket from, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
}
