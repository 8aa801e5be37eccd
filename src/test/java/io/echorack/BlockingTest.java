package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is particular to servers whose threads wait.
class BlockingTest extends OneProgram {
    @ParameterizedTest
    @ValueSource(strings = {"threadPerConnection", "virtualThreads"})
    void everyConnectionHasAThreadAndNoneIsLeft(String model) throws IOException {
        int port = rack.start("{\"name\": \"many\", \"ioModel\": \"%s\"}".formatted(model));
        assertEquals(1, threads("many"));
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                clients.add(rack.connect(port));
            }
            byte[] sent = "hola".getBytes(ISO_8859_1);
            for (Socket client : clients) {
                client.getOutputStream().write(sent);
            }
            for (Socket client : clients) {
                assertEquals("hola", new String(client.getInputStream().readNBytes(4), ISO_8859_1));
            }
            assertEquals(501, threads("many"));
            rack.post("/servers/many/stop", "");
            for (Socket client : clients) {
                assertEquals(-1, client.getInputStream().read());
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        assertEquals(2_000, rack.counter("many", "bytesIn"));
        assertEquals(2_000, rack.counter("many", "bytesOut"));
        assertEquals(500, rack.counter("many", "messagesOut"));
        assertEquals(500, rack.counter("many", "connectionsAccepted"));
        Running.eventually(BlockingTest::connectionThreads, List::isEmpty);
        rack.call("DELETE", "/servers/many", "");
    }

    /// As many frames are told as were counted and as the client sent, unless the count of those lost says why not.
    @ParameterizedTest
    @ValueSource(strings = {"threadPerConnection", "virtualThreads"})
    void theBooksBalanceUnderLoad(String model) throws Exception {
        String name = model.equals("virtualThreads") ? "virtual" : "platform";
        int port =
                rack.start(
                        "{\"name\": \"%s\", \"ioModel\": \"%s\", \"framing\": {\"type\": \"delimiter\"}}"
                                .formatted(name, model));
        rack.events("kind:serverStarted server:" + name, 1);
        long before = events();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(Thread.startVirtualThread(() -> load(port)));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(8 * 2_000, rack.counter(name, "messagesIn"));
        assertEquals(8 * 2_000, rack.counter(name, "messagesOut"));
        Running.eventually(
                () -> rack.get("/servers/" + name).body().at("/status/connections").asInt(),
                open -> open == 0);
        long reads =
                rack.get("/connections?server=" + name).body().findValues("reads").stream()
                        .mapToLong(JsonNode::asLong)
                        .sum();
        // Each connection is opened, half-closed and closed.
        long happened = 2 * 8 * 2_000 + reads + 8 * 3;
        Running.eventually(
                () -> events() - before - lostEvents() + rack.counter(name, "eventsLost"),
                told -> told == happened);
        rack.call("DELETE", "/servers/" + name, "");
    }

    @Test
    void theNextClientOfAnIterativeServerWaitsUntilTheOneBeforeHasGone() throws IOException {
        int port = rack.start("{\"name\": \"one\", \"ioModel\": \"iterative\"}");
        try (Socket first = rack.connect(port)) {
            first.getOutputStream().write('1');
            assertEquals('1', first.getInputStream().read());
            try (Socket second = rack.connect(port)) {
                second.getOutputStream().write('2');
                if (Files.isReadable(Path.of("/proc/net/tcp"))) {
                    Running.eventually(
                            () ->
                                    rack.get("/servers/one")
                                            .body()
                                            .at("/status/socket/acceptQueue")
                                            .asInt(),
                            waiting -> waiting == 1);
                }
                assertEquals(1, rack.counter("one", "connectionsAccepted"));
                assertEquals(1, threads("one"));
                first.shutdownOutput();
                assertEquals('2', second.getInputStream().read());
                assertEquals(2, rack.counter("one", "connectionsAccepted"));
            }
        }
        rack.call("DELETE", "/servers/one", "");
    }

    @Test
    void oneTooManyIsRefusedAndTold() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"full\", \"ioModel\": \"threadPerConnection\", \"limits\": {\"maxConnections\": 1}}");
        try (Socket first = rack.connect(port)) {
            first.getOutputStream().write('1');
            assertEquals('1', first.getInputStream().read());
            try (Socket second = rack.connect(port)) {
                assertEquals(-1, second.getInputStream().read());
            }
        }
        JsonNode refused = rack.events("server:full kind:connectionRefused", 1).get(0);
        assertEquals("maxConnections, 1, are open", refused.path("reason").asText());
        assertEquals(1, rack.counter("full", "connectionsRefused"));
        rack.call("DELETE", "/servers/full", "");
    }

    /// A mebibyte a read: 64 of them are all the memory that there is for them.
    @Test
    void whatReadsMayBringIsBoundedForAllTogether() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"wide\", \"ioModel\": \"virtualThreads\", \"socket\": {\"readBufferBytes\": 1048576}}");
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 65; i++) {
                clients.add(rack.connect(port));
            }
            assertEquals(-1, clients.getLast().getInputStream().read());
            assertEquals(1, rack.counter("wide", "connectionsRefused"));
            assertEquals(64, rack.counter("wide", "connectionsAccepted"));
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        rack.call("DELETE", "/servers/wide", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"protocol": "udp", "ioModel": "iterative"}                          | /ioModel
                    {"ioModel": "fork"}                                                  | /ioModel
                    {"ioModel": "iterative", "socket": {"ttl": 9}}                       | /socket/ttl
                    {"ioModel": "iterative", "faults": [{"type": "drop"}]}               | /faults
                    {"ioModel": "virtualThreads", "socket": {"lingerSeconds": 1}}        | /socket/lingerSeconds
                    """)
    void whatAModelCanNotDoIsSaid(String spec, String pointer) {
        Running.Answer answer = rack.post("/servers", spec);
        assertEquals(422, answer.status(), answer.text());
        assertEquals(pointer, answer.body().at("/errors/0/pointer").asText());
    }

    @Test
    void whatWasAskedForIsGranted() {
        rack.start(
                """
                {"name": "asks", "ioModel": "threadPerConnection",
                 "socket": {"backlog": 5, "receiveBufferBytes": 8192, "sendBufferBytes": 8192, "reusePort": true,
                            "dscp": 46, "lingerSeconds": 1, "keepAlive": true, "tcpNoDelay": false, "readBufferBytes": 7}}
                """);
        JsonNode server = rack.get("/servers/asks").body();
        assertEquals("threadPerConnection", server.at("/spec/ioModel").asText());
        assertEquals(5, server.at("/status/socket/backlog").asInt());
        assertEquals(46, server.at("/status/socket/dscp").asInt());
        assertEquals(7, server.at("/status/socket/readBufferBytes").asInt());
        assertEquals(true, server.at("/status/socket/reusePort").asBoolean());
        rack.call("DELETE", "/servers/asks", "");
    }

    @Test
    void aServerStopsAndComesBackToItsPort() throws IOException {
        int port = rack.start("{\"name\": \"back\", \"ioModel\": \"threadPerConnection\"}");
        rack.call("PATCH", "/servers/back", "{\"port\": " + port + "}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('1');
            assertEquals('1', client.getInputStream().read());
            rack.call("PATCH", "/servers/back", "{\"socket\": {\"backlog\": 9}}");
            assertEquals(-1, client.getInputStream().read());
        }
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('2');
            assertEquals('2', client.getInputStream().read());
            // Another can't be at the same place: the old one goes on as it was.
            int other = rack.start("{\"name\": \"other\"}");
            assertEquals(
                    409, rack.call("PATCH", "/servers/back", "{\"port\": " + other + "}").status());
            client.getOutputStream().write('3');
            assertEquals('3', client.getInputStream().read());
        }
        rack.call("DELETE", "/servers/other", "");
        rack.call("DELETE", "/servers/back", "");
    }

    private int threads(String server) {
        return rack.get("/servers/" + server).body().at("/status/threads/live").asInt();
    }

    private long events() {
        return rack.get("/events?limit=1").body().path("latestSeq").asLong();
    }

    private int lostEvents() {
        return rack.get("/events?filter=kind:lost&limit=1000").body().path("events").size();
    }

    private void load(int port) {
        byte[] lines = "0123456789abcde\n".repeat(20).getBytes(ISO_8859_1);
        try (Socket client = rack.connect(port)) {
            for (int i = 0; i < 100; i++) {
                client.getOutputStream().write(lines);
                assertEquals(lines.length, client.getInputStream().readNBytes(lines.length).length);
            }
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<Thread> connectionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("echo-conn-"))
                .toList();
    }
}
