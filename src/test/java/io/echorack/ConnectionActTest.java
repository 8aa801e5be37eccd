package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done to connections by hand, seen from plain sockets.
@ParameterizedClass
@ValueSource(strings = {"eventLoop", "threadPerConnection", "virtualThreads", "iterative"})
class ConnectionActTest extends OneProgram {
    /// Long enough for a window that is open to take something.
    private static final int NOTHING_MOVES_MILLIS = 300;

    @Parameter String ioModel = "eventLoop";

    @BeforeEach
    void startAnew() {
        rack.post("/reset", "");
        rack.call("DELETE", "/events", "");
        rack.ioModel = ioModel;
    }

    @Test
    void whatIsSentByHandArrivesAsItIs() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"hand\", \"behavior\": {\"type\": \"uppercase\"}, \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            // Half a message waits, which must not hold up what is sent.
            client.getOutputStream().write("half".getBytes(UTF_8));
            JsonNode connection = waiting("hand", 4);
            JsonNode after = act(connection, "send", "{\"hex\": \"00 ff 61\"}", 200);
            assertEquals(3, after.path("bytesOut").asInt());
            assertEquals(1, after.path("messagesOut").asInt());
            assertEquals("\0\u00ffa", latin(client, 3));
            client.getOutputStream().write("\n".getBytes(UTF_8));
            assertEquals("HALF\n", latin(client, 5));
        }
        JsonNode write = rack.events("server:hand kind:write", 2).get(0);
        assertEquals("00ff61", write.at("/payload/hex").asText());
        assertEquals(2, rack.counter("hand", "messagesOut"));
        assertEquals(8, rack.counter("hand", "bytesOut"));
    }

    @Test
    void aUdpPeerGetsADatagramAndHasNothingElseToBeDone() throws IOException {
        int port = rack.start("{\"name\": \"peer\", \"protocol\": \"udp\"}");
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            client.send(
                    new DatagramPacket(
                            new byte[] {'a'}, 1, InetAddress.getLoopbackAddress(), port));
            assertEquals("a", received(client));
            JsonNode peer = waiting("peer", 1);
            assertEquals(
                    2, act(peer, "send", "{\"text\": \"hey\"}", 200).path("messagesOut").asInt());
            assertEquals("hey", received(client));
            act(peer, "send", "{\"text\": \"\"}", 200);
            assertEquals("", received(client));
            assertEquals(3, rack.counter("peer", "messagesOut"));
            assertEquals(4, rack.counter("peer", "bytesOut"));
            act(peer, "send", "{\"text\": \"" + "x".repeat(65_508) + "\"}", 422);
            for (String act : new String[] {"shutdown-output", "pause-read", "resume-read"}) {
                JsonNode refused = act(peer, act, "", 422);
                assertEquals("/id", refused.at("/errors/0/pointer").asText());
            }
        }
    }

    @Test
    void ourFinEndsOurSideAloneAndWhatComesIsStillRead() throws IOException {
        int port = rack.start("{\"name\": \"fin\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("one\n".getBytes(UTF_8));
            assertEquals("one\n", latin(client, 4));
            JsonNode connection = waiting("fin", 4);
            assertEquals("open", connection.path("state").asText());
            JsonNode after = act(connection, "shutdown-output", "", 200);
            assertEquals("halfClosed", after.path("state").asText());
            act(connection, "shutdown-output", "", 200);
            assertEquals(-1, client.getInputStream().read());
            assertEquals("not_running", code(connection, "send", "{\"text\": \"late\"}"));
            OutputStream out = client.getOutputStream();
            for (int i = 0; i < 3; i++) {
                out.write("two\n".getBytes(UTF_8));
                long told = 2L + i;
                Running.eventually(
                        () -> view(connection), seen -> seen.path("messagesIn").asLong() == told);
            }
            assertEquals(1, view(connection).path("messagesOut").asInt());
            assertEquals("halfClosed", view(connection).path("state").asText());
        }
        JsonNode end = rack.events("server:fin kind:connectionClosed", 1).get(0);
        assertEquals(
                "server fin", end.path("closedBy").asText() + " " + end.path("closeKind").asText());
        JsonNode halves = rack.events("server:fin kind:connectionHalfClosed", 2);
        assertEquals("server", halves.get(0).path("by").asText());
        assertEquals("client", halves.get(1).path("by").asText());
        assertEquals(2, halves.size());
    }

    /// The answers still wait in front of our FIN, and all of them arrive.
    @Test
    void ourFinGoesBehindWhatIsToBeSent() throws IOException {
        int port = rack.start("{\"name\": \"behind\", \"behavior\": {\"type\": \"chargen\"}}");
        try (Socket client = rack.connect(port)) {
            JsonNode connection = waiting("behind", 0);
            Running.eventually(
                    () -> act(connection, "send", "{\"text\": \"x\"}", 0),
                    answer -> answer.path("code").asText().equals("limit_reached"));
            JsonNode after = act(connection, "shutdown-output", "", 200);
            // Where a thread waits in send(2), the kernel may take the rest at any moment.
            if (ioModel.equals("eventLoop")) {
                assertEquals("open", after.path("state").asText());
            }
            byte[] all = client.getInputStream().readAllBytes();
            assertEquals(view(connection).path("bytesOut").asLong(), all.length);
            assertEquals("halfClosed", view(connection).path("state").asText());
        }
    }

    @Test
    void aPausedClientFillsItsWindowAndIsReadWholeWhenResumed() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"pause\", \"socket\": {\"receiveBufferBytes\": 8192}, \"behavior\": {\"type\": \"discard\"}}");
        try (SocketChannel client = SocketChannel.open();
                Selector selector = Selector.open()) {
            client.setOption(StandardSocketOptions.SO_SNDBUF, 8_192);
            client.connect(new InetSocketAddress("127.0.0.1", port));
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_WRITE);
            JsonNode connection = waiting("pause", 0);
            assertTrue(act(connection, "pause-read", "", 200).path("readPaused").asBoolean());
            // What sets reading going again by itself must not.
            act(connection, "send", "{\"text\": \"hey\"}", 200);
            rack.call("PATCH", "/servers/pause", "{\"limits\": {\"maxLifetimeMs\": 600000}}");
            long sent = 0;
            while (selector.select(NOTHING_MOVES_MILLIS) > 0) {
                selector.selectedKeys().clear();
                sent += client.write(ByteBuffer.allocate(4_096));
                assertTrue(sent < 16_000_000, "its window never closes");
            }
            assertEquals(0, view(connection).path("bytesIn").asLong());
            assertFalse(act(connection, "resume-read", "", 200).path("readPaused").asBoolean());
            long all = sent;
            Running.eventually(
                    () -> view(connection), seen -> seen.path("bytesIn").asLong() == all);
            act(connection, "pause-read", "", 200);
            assertEquals(
                    204,
                    rack.call("DELETE", "/connections/" + connection.path("id").asText(), "")
                            .status());
            JsonNode ended =
                    Running.eventually(
                            () -> view(connection),
                            seen -> seen.path("state").asText().equals("closed"));
            assertFalse(ended.path("readPaused").asBoolean());
        }
    }

    @Test
    void whatCanNotBeDoneIsSaid() throws IOException {
        int port = rack.start("{\"name\": \"no\"}");
        JsonNode connection;
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(1);
            connection = waiting("no", 1);
            act(connection, "send", "{\"text\": \"\"}", 422);
            act(connection, "send", "{\"text\": \"a\", \"hex\": \"61\"}", 422);
            act(connection, "send", "{\"hex\": \"6\"}", 422);
            act(connection, "send", "[]", 422);
            act(connection, "send", "{", 400);
        }
        Running.eventually(
                () -> view(connection), seen -> seen.path("state").asText().equals("closed"));
        for (String act : new String[] {"send", "shutdown-output", "pause-read", "resume-read"}) {
            String body = act.equals("send") ? "{\"text\": \"a\"}" : "";
            assertEquals("not_running", code(connection, act, body));
            assertEquals(404, rack.post("/connections/c999999/" + act, body).status());
        }
    }

    /// The latest connection of a server, once it has read that much.
    private JsonNode waiting(String server, long bytes) {
        return Running.eventually(
                () -> {
                    JsonNode all =
                            rack.get("/connections?server=" + server).body().path("connections");
                    return all.path(all.size() - 1);
                },
                seen ->
                        seen.path("state").asText().equals("open")
                                && seen.path("bytesIn").asLong() == bytes);
    }

    private JsonNode view(JsonNode connection) {
        return rack.get("/connections/" + connection.path("id").asText()).body();
    }

    /// @param status the one expected; 0: any
    private JsonNode act(JsonNode connection, String act, String body, int status) {
        Running.Answer answer =
                rack.post("/connections/" + connection.path("id").asText() + "/" + act, body);
        assertTrue(status == 0 || answer.status() == status, answer.text());
        return answer.body();
    }

    private String code(JsonNode connection, String act, String body) {
        return act(connection, act, body, 409).path("code").asText();
    }

    private static String latin(Socket client, int bytes) throws IOException {
        return new String(
                client.getInputStream().readNBytes(bytes),
                java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static String received(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }
}
