package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was asked of the kernel for a server's sockets, what it granted, and what of it comes over the wire.
class SocketOptionsTest extends OneProgram {
    private boolean epoll;

    @BeforeEach
    void empty() {
        rack.post("/reset", "");
        epoll = rack.get("/info").body().path("transport").asText().equals("epoll");
    }

    @ParameterizedTest
    @CsvSource({"tcp, 127.0.0.1", "tcp, ::1", "tcp, 0.0.0.0", "udp, 127.0.0.1", "udp, ::1"})
    void whatIsAskedForIsGranted(String protocol, String host) {
        String ttl = epoll ? ", \"ttl\": 3" : "";
        String spec =
                """
                {"protocol": "%s", "host": "%s", "socket": {"reusePort": true, "dscp": 46%s}}
                """
                        .formatted(protocol, host, ttl);
        JsonNode granted = rack.post("/servers", spec).body().at("/status/socket");
        assertEquals(true, granted.path("reusePort").asBoolean());
        assertEquals(46, granted.path("dscp").asInt());
        assertEquals(epoll ? 3 : 0, granted.path("ttl").asInt());
    }

    @Test
    void withoutThemTheSystemsOwnHold() {
        for (String protocol : new String[] {"tcp", "udp"}) {
            JsonNode granted =
                    rack.post("/servers", "{\"protocol\": \"" + protocol + "\"}")
                            .body()
                            .at("/status/socket");
            assertEquals(false, granted.path("reusePort").asBoolean(true));
            assertEquals(0, granted.path("dscp").asInt(-1));
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp", "udp"})
    void aPortIsSharedWhereBothSay(String protocol) {
        String spec = "{\"protocol\": \"%s\", \"port\": %d, \"socket\": {\"reusePort\": %s}}";
        int port = rack.start(spec.formatted(protocol, 0, true));
        assertEquals(409, rack.post("/servers", spec.formatted(protocol, port, false)).status());
        assertEquals(201, rack.post("/servers", spec.formatted(protocol, port, true)).status());
    }

    @Test
    void withASharedPortEveryLoopAccepts() throws IOException {
        assumeTrue(epoll, "Java alone has one socket for it");
        JsonNode status =
                rack.post("/servers", "{\"name\": \"spread\", \"socket\": {\"reusePort\": true}}")
                        .body()
                        .path("status");
        int loops = Runtime.getRuntime().availableProcessors();
        int port = status.path("port").asInt();
        assertEquals(loops, status.at("/socket/listeners").asInt());
        assertEquals(loops, listening(port));
        for (int i = 0; i < 100; i++) {
            try (Socket client = rack.connect(port)) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
            }
        }
        assertEquals(100, rack.counter("spread", "connectionsAccepted"));
        rack.post("/servers/spread/stop", "");
        assertEquals(0, listening(port));
    }

    /// Sockets that listen on that port, in the kernel's own table (proc_net_tcp).
    private static long listening(int port) {
        Pattern row = Pattern.compile(":%04X [0:]+ 0A".formatted(port));
        // A socket of IPv6 carries IPv4 as well.
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(SocketOptionsTest::lines)
                .filter(row.asPredicate())
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Who closes first has the port in TIME_WAIT for a minute (RFC 9293 §3.6.1), and without SO_REUSEADDR can't listen
    /// there again.
    @ParameterizedTest
    @CsvSource({"true, 200", "false, 409"})
    void aPortWithConnectionsInTimeWaitIsFreeOnlyToWhoReusesIt(boolean reuse, int status)
            throws IOException {
        String name = "again-" + reuse;
        int port = rack.start("{\"name\": \"" + name + "\"}");
        rack.call(
                "PATCH",
                "/servers/" + name,
                "{\"port\": %d, \"socket\": {\"reuseAddress\": %s}}".formatted(port, reuse));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            rack.post("/servers/" + name + "/stop", "");
            assertEquals(-1, client.getInputStream().read());
        }
        Running.Answer again = rack.post("/servers/" + name + "/start", "");
        assertEquals(status, again.status(), again.text());
        if (!reuse) {
            assertEquals("port_in_use", again.code());
            assertTrue(again.body().path("detail").asText().contains("TIME_WAIT"), again.text());
        }
    }

    @Test
    void aDatagramCarriesThem() throws Exception {
        assumeTrue(epoll, "Java alone can't ask for a TTL");
        int port = rack.start("{\"protocol\": \"udp\", \"socket\": {\"dscp\": 46, \"ttl\": 3}}");
        Process client =
                new ProcessBuilder(
                                "python3",
                                "src/test/python/received_packet.py",
                                Integer.toString(port))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String told = new String(client.getInputStream().readAllBytes(), UTF_8);
        assertEquals("3 " + (46 << 2), told.strip());
    }

    @Test
    void aConnectionWorksWithThem() throws IOException {
        int port = rack.start("{\"socket\": {\"reusePort\": true, \"dscp\": 8}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola".getBytes(UTF_8));
            assertEquals("hola", new String(client.getInputStream().readNBytes(4), UTF_8));
        }
    }

    @Test
    void whatTheKernelDropsIsCountedToTheDatagram() throws Exception {
        assumeTrue(epoll, "Java alone can't ask for it");
        int port =
                rack.start(
                        """
                        {"name": "flood", "protocol": "udp", "behavior": {"type": "discard"},
                         "socket": {"receiveBufferBytes": 1}}
                        """);
        InetSocketAddress target = new InetSocketAddress("127.0.0.1", port);
        long sent = 0;
        while (rack.counter("flood", "droppedByKernel") == 0) {
            assertTrue(sent < 10_000_000, "nothing is ever dropped");
            sent += flood(target);
        }
        long all = sent;
        Running.eventually(this::arrivedAndDropped, sum -> sum == all);
        rack.post("/servers/flood/stop", "");
        assertEquals(all, arrivedAndDropped());
    }

    @Test
    void noConnectionWaitsToBeAcceptedOnAnIdleServer() {
        JsonNode socket = rack.post("/servers", "{}").body().at("/status/socket");
        assertEquals(epoll, socket.has("acceptQueue"));
        assertEquals(0, socket.path("acceptQueue").asInt());
    }

    private long arrivedAndDropped() {
        JsonNode counters = rack.get("/servers/flood").body().at("/status/counters");
        return counters.path("messagesIn").asLong() + counters.path("droppedByKernel").asLong();
    }

    /// Sends from several threads and says how many datagrams went out.
    private static long flood(InetSocketAddress target) throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
            Callable<Integer> sender =
                    () -> {
                        try (DatagramSocket socket = new DatagramSocket()) {
                            for (int i = 0; i < 1_000; i++) {
                                socket.send(new DatagramPacket(new byte[100], 100, target));
                            }
                            return 1_000;
                        }
                    };
            long sent = 0;
            for (Future<Integer> one : senders.invokeAll(Collections.nCopies(4, sender))) {
                sent += one.get();
            }
            return sent;
        }
    }

    @Test
    void whereThereIsNoTtlToAskForItIsSaid() {
        assumeTrue(!epoll, "Linux has one");
        Running.Answer answer = rack.post("/servers", "{\"socket\": {\"ttl\": 3}}");
        assertEquals("/socket/ttl", answer.body().at("/errors/0/pointer").asText());
    }
}
