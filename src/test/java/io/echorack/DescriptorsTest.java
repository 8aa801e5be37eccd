package io.echorack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A program that may open few files (`ulimit -n`).
@EnabledOnOs(OS.LINUX)
class DescriptorsTest {
    private static final int LIMIT = 400;
    private static final int CLIENTS = 458;

    @TempDir Path data;
    private final List<Socket> clients = new ArrayList<>();

    @Test
    void moreConnectionsThanItHasDescriptorsForAreRefusedAndItStaysWell() throws IOException {
        try (Child child = new Child(Child.limitedTo(LIMIT), data)) {
            int[] ports = {child.start("{\"name\": \"one\"}"), child.start("{\"name\": \"two\"}")};
            JsonNode limits = child.get("/info").path("limits");
            int places = limits.path("sockets").asInt() - limits.path("socketsOpen").asInt();
            assertTrue(places > 0 && places < LIMIT - 200, limits.toString());
            for (int i = 0; i < CLIENTS; i++) {
                connect(ports[i % 2]);
            }
            Running.eventually(() -> refused(child), many -> many == CLIENTS - places);
            assertEquals(places, clients.stream().filter(DescriptorsTest::isServed).count());
            assertEquals(2, child.get("/servers").path("servers").size());
            // Pages and files that nobody has asked for before.
            assertEquals("3.1.1", child.call("GET", "/openapi.json", "").path("openapi").asText());
            String why =
                    child.get("/events?limit=1&filter=kind:connectionRefused")
                            .at("/events/0/reason")
                            .asText();
            assertTrue(why.contains("ulimit -n"), why);
            for (String beyond : List.of("tcp", "udp")) {
                JsonNode problem =
                        child.call("POST", "/api/v1/servers", "{\"protocol\": \"" + beyond + "\"}");
                assertEquals("limit_reached", problem.path("code").asText(), problem.toString());
            }
            JsonNode probe =
                    child.call(
                            "POST",
                            "/api/v1/probe",
                            "{\"target\": {\"server\": \"one\"}, \"payload\": {\"text\": \"x\"}}");
            assertEquals("limit_reached", probe.path("code").asText(), probe.toString());
            JsonNode run =
                    child.call(
                            "POST", "/api/v1/runs?wait=20s", "{\"target\": {\"server\": \"one\"}}");
            assertEquals("failed", run.path("state").asText(), run.toString());
            closeAll();
            Running.eventually(
                    () -> child.get("/info").at("/limits/socketsOpen").asInt(), open -> open == 2);
            connect(ports[0]);
            assertTrue(isServed(clients.getFirst()));
        }
    }

    @Test
    void whereAcceptFailsAllTheSameTheServerRestsAndGoesOn() throws Exception {
        try (Child child = Child.of(data)) {
            int echo = child.start("{}");
            int daytime =
                    child.start("{\"protocol\": \"udp\", \"behavior\": {\"type\": \"daytime\"}}");
            timeOfDay(daytime);
            connect(echo);
            assertTrue(isServed(clients.getFirst()));
            long begun = System.nanoTime();
            limit(child, firstFree(child) + ":");
            for (int i = 0; i < 5; i++) {
                connect(echo);
            }
            Running.eventually(this::failures, many -> many > 1);
            // Those who are there are served meanwhile.
            assertTrue(isServed(clients.getFirst()));
            assertTrue(timeOfDay(daytime).endsWith("\r\n"));
            assertEquals(2, child.get("/servers").path("servers").size());
            long failures = failures();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            assertTrue(failures <= seconds + 2, failures + " in " + seconds + " s");
            limit(child, "1000:");
            for (Socket client : clients) {
                assertTrue(isServed(client));
            }
        }
    }

    /// The number that the next file to be opened would get.
    private static long firstFree(Child child) {
        return LongStream.iterate(0, one -> one + 1)
                .filter(one ->
                        !Files.isSymbolicLink(Path.of("/proc/" + child.pid() + "/fd/" + one)))
                .findFirst()
                .orElseThrow();
    }

    /// Sets the limit of a process that runs: prlimit(1).
    private static void limit(Child child, String files) throws Exception {
        Process process =
                new ProcessBuilder("prlimit", "--pid", "" + child.pid(), "--nofile=" + files)
                        .inheritIO()
                        .start();
        assertEquals(0, process.waitFor());
    }

    /// How often accept(2) has failed.
    private long failures() {
        try {
            return Files.readString(data.resolve("errors.txt"))
                    .lines()
                    .filter(line -> line.contains("Too many open files"))
                    .count();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private static long refused(Child child) {
        return child.get("/servers").findValues("connectionsRefused").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private void connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout((int) Running.PATIENCE.toMillis());
        clients.add(client);
    }

    private static boolean isServed(Socket client) {
        try {
            client.getOutputStream().write('x');
            return client.getInputStream().read() == 'x';
        } catch (IOException refused) {
            return false;
        }
    }

    private static String timeOfDay(int port) throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            client.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            client.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }
}
