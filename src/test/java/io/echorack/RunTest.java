package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs over REST and the stream: at our own servers, and at a Python one outside the program.
class RunTest extends OneProgram {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tcp | {"type": "echo"}      | {"type": "raw"}
                    tcp | {"type": "echo"}      | {"type": "delimiter"}
                    tcp | {"type": "uppercase"} | {"type": "delimiter", "delimiter": {"text": "\\r\\n"}}
                    tcp | {"type": "uppercase"} | {"type": "lengthPrefix", "lengthBytes": 2}
                    tcp | {"type": "echo"}      | {"type": "fixed", "frameBytes": 96}
                    tcp | {"type": "reply", "payload": {"text": "no"}} | {"type": "delimiter"}
                    udp | {"type": "echo"}      |
                    udp | {"type": "uppercase"} |
                    udp | {"type": "reply", "payload": {"text": "no"}} |
                    """)
    void everyMessageIsAnsweredAndVerified(String protocol, String behavior, String framing) {
        String framed = framing == null ? "" : ", \"framing\": " + framing;
        String name =
                rack.post(
                                "/servers",
                                "{\"protocol\": \"%s\", \"behavior\": %s%s}"
                                        .formatted(protocol, behavior, framed))
                        .body()
                        .path("name")
                        .asText();
        JsonNode run =
                run(
                        "{\"target\": {\"server\": \"%s\"}, \"count\": 500, \"connections\": 3, \"inFlight\": 2}"
                                .formatted(name));
        assertEquals("completed", run.path("state").asText(), run.toString());
        assertEquals(500, run.path("received").asLong(), run.toString());
        assertEquals(0, run.path("corrupted").asLong(), run.toString());
        assertEquals(run.path("bytesSent").asLong(), rack.counter(name, "bytesIn"));
        assertEquals(1.0, run.path("progress").asDouble());
    }

    @Test
    void twentyThousandMessagesAreVerifiedByteByByte() {
        rack.start("{\"name\": \"many\", \"framing\": {\"type\": \"lengthPrefix\"}}");
        JsonNode run =
                run(
                        """
                        {"target": {"server": "many"}, "count": 20000, "connections": 8, "inFlight": 4,
                         "payload": {"sizeBytes": [8, 300], "seed": 7}}
                        """);
        assertEquals(20_000, run.path("received").asLong(), run.toString());
        assertEquals(0, run.path("corrupted").asLong());
        assertEquals(0, run.path("duplicates").asLong(-1));
        assertEquals(0, run.path("reordered").asLong(-1));
        assertEquals(run.path("bytesSent").asLong(), run.path("bytesReceived").asLong());
        assertEquals(run.path("bytesSent").asLong(), rack.counter("many", "bytesIn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aPythonServerAnswersAll(String protocol) throws IOException {
        try (PythonServer python = new PythonServer(protocol)) {
            JsonNode run =
                    run(
                            "{\"target\": %s, \"protocol\": \"%s\", \"count\": 2000, \"connections\": 4}"
                                    .formatted(python.target(), protocol));
            assertEquals("completed", run.path("state").asText(), run.toString());
            assertEquals(2_000, run.path("received").asLong(), run.toString());
            assertEquals(0, run.path("corrupted").asLong());
        }
    }

    /// What a Python server does to every hundredth datagram or line, the run finds, and nothing else.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    udp | drop    | lost
                    udp | double  | duplicates
                    udp | swap    | reordered
                    udp | corrupt | corrupted
                    udp | cut     | truncated
                    udp | late    | late
                    tcp | drop    | lost
                    tcp | double  | duplicates
                    tcp | swap    | reordered
                    tcp | corrupt | corrupted
                    tcp | late    | late
                    """)
    void whatGoesWrongIsCountedAsWhatItIs(String protocol, String fault, String figure)
            throws IOException {
        String framing = protocol.equals("tcp") ? ", \"framing\": {\"type\": \"delimiter\"}" : "";
        try (PythonServer python = new PythonServer(protocol, fault, "100")) {
            JsonNode run =
                    run(
                            """
                            {"target": %s, "protocol": "%s", "count": 1050, "inFlight": 16, "timeoutMs": 2000,
                             "payload": {"randomBytes": 32}%s}
                            """
                                    .formatted(python.target(), protocol, framing));
            assertEquals("completed", run.path("state").asText(), run.toString());
            assertEquals(1_050, run.path("sent").asLong());
            boolean loses = fault.equals("drop") || fault.equals("late");
            for (String other :
                    new String[] {
                        "duplicates", "reordered", "corrupted", "truncated", "late", "lost"
                    }) {
                boolean found = other.equals(figure) || (loses && other.equals("lost"));
                assertEquals(found ? 10 : 0, run.path(other).asLong(-1), other + " in " + run);
            }
        }
    }

    @Test
    void aWrongByteIsFoundAndShown() throws IOException {
        try (PythonServer python = new PythonServer("udp", "corrupt", "3")) {
            JsonNode run =
                    run(
                            "{\"target\": %s, \"protocol\": \"udp\", \"count\": 4, \"payload\": {\"text\": \"hola\"}}"
                                    .formatted(python.target()));
            JsonNode mismatch = run.path("firstMismatch");
            assertEquals(3, mismatch.path("message").asInt(), run.toString());
            assertEquals(2, mismatch.path("offset").asInt());
            assertEquals("6c", mismatch.path("expected").asText());
            assertEquals("2c", mismatch.path("actual").asText());
            assertEquals(3, mismatch.path("read").asInt());
            assertEquals("686f6c61", mismatch.path("expectedBytes").asText());
            assertEquals("686f2c61", mismatch.path("actualBytes").asText());
        }
    }

    @Test
    void equalMessagesCanNotBeToldApartAndItSaysSo() {
        rack.start("{\"name\": \"equal\", \"protocol\": \"udp\"}");
        JsonNode run =
                run(
                        "{\"target\": {\"server\": \"equal\"}, \"count\": 10, \"payload\": {\"text\": \"hola\"}}");
        assertTrue(run.path("duplicates").isNull() && run.path("reordered").isNull());
        assertEquals(0, run.path("lost").asInt());
        JsonNode told = run("{\"target\": {\"server\": \"equal\"}, \"count\": 10}");
        assertEquals(0, told.path("duplicates").asInt(-1));
    }

    @Test
    void whereNobodyListensItFailsWithTheReason() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (String protocol : new String[] {"tcp", "udp"}) {
            JsonNode run =
                    run(
                            "{\"target\": {\"host\": \"127.0.0.1\", \"port\": %d}, \"protocol\": \"%s\"}"
                                    .formatted(free, protocol));
            assertEquals("failed", run.path("state").asText());
            assertTrue(run.path("reason").asText().startsWith("Nobody listens"), run.toString());
            assertEquals(1, run.path("errors").size(), run.toString());
        }
    }

    @Test
    void aTargetThatEndsTheConnectionEndsTheRunWithWhatItGot() throws IOException {
        try (PythonServer python = new PythonServer("tcp", "close", "30")) {
            JsonNode run =
                    run(
                            "{\"target\": %s, \"framing\": {\"type\": \"delimiter\"}}"
                                    .formatted(python.target()));
            assertEquals("failed", run.path("state").asText());
            assertEquals(29, run.path("received").asInt(), run.toString());
            assertEquals(1, run.path("lost").asInt(), run.toString());
            assertEquals(1, run.at("/errors/connectionClosed").asInt());
        }
    }

    @Test
    void oneIsWatchedAndStopped() throws IOException {
        rack.start("{\"name\": \"watched\", \"protocol\": \"udp\"}");
        try (ViewerClient viewer = new ViewerClient(rack.port())) {
            viewer.until(message -> message.path("type").asText().equals("snapshot"));
            Running.Answer started =
                    rack.post(
                            "/runs",
                            "{\"target\": {\"server\": \"watched\"}, \"durationMs\": 600000}");
            assertEquals(202, started.status());
            String id = started.body().path("id").asText();
            check(viewer.until(message -> isRun(message, id, "running")));
            JsonNode later =
                    viewer.until(message ->
                            isRun(message, id, "running") && message.path("received").asLong() > 0);
            check(later);
            assertFalse(later.has("timeline"));
            JsonNode stopped = rack.post("/runs/" + id + "/stop", "").body();
            assertEquals("aborted", stopped.path("state").asText(), stopped.toString());
            check(stopped);
            JsonNode told = viewer.until(message -> isRun(message, id, "aborted"));
            assertEquals(stopped.path("received"), told.path("received"));
            assertEquals(stopped, rack.post("/runs/" + id + "/stop", "").body());
            assertEquals(204, rack.call("DELETE", "/runs/" + id, "").status());
            viewer.until(message -> isRun(message, id, "") && message.path("removed").asBoolean());
            assertEquals(404, rack.get("/runs/" + id).status());
        }
    }

    @Test
    void aTargetThatTakesNothingEndsTheRun() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JsonNode run =
                    run(
                            """
                            {"target": {"host": "127.0.0.1", "port": %d}, "timeoutMs": 200, "count": 1000, "inFlight": 4,
                             "payload": {"randomBytes": 200000}}
                            """
                                    .formatted(deaf.getLocalPort()));
            assertEquals("failed", run.path("state").asText(), run.toString());
            assertEquals(1, run.at("/errors/unanswered").asInt(), run.toString());
        }
    }

    @Test
    void whatIsSentIsCountedByTheServerToo() {
        rack.start("{\"name\": \"counts\", \"protocol\": \"udp\"}");
        String id =
                rack.post(
                                "/runs",
                                "{\"target\": {\"server\": \"counts\"}, \"durationMs\": 600000, \"inFlight\": 4}")
                        .body()
                        .path("id")
                        .asText();
        Running.eventually(
                () -> rack.get("/runs/" + id).body().path("received").asLong(), some -> some > 0);
        JsonNode run = rack.post("/runs/" + id + "/stop", "").body();
        long sent = run.path("sent").asLong() + run.path("outstanding").asLong();
        assertEquals(64 * sent, run.path("bytesSent").asLong(), run.toString());
        assertEquals(sent, rack.counter("counts", "messagesIn"), run.toString());
    }

    @Test
    void noMessageGoesOnWhereTheLastOneBegan() {
        rack.start("{\"name\": \"seen\", \"protocol\": \"udp\"}");
        run("{\"target\": {\"server\": \"seen\"}, \"count\": 2}");
        JsonNode events = rack.events("server:seen kind:datagram dir:in", 2);
        String first = events.get(0).at("/payload/hex").asText();
        String second = events.get(1).at("/payload/hex").asText();
        assertEquals(128, first.length(), events.toString());
        for (int at = 0; at + 16 <= first.length(); at += 16) {
            assertFalse(second.contains(first.substring(at, at + 16)), first + " " + second);
        }
    }

    @Test
    void whatWouldNotFitIsRefusedBeforehand() {
        rack.start("{\"name\": \"big\", \"behavior\": {\"type\": \"discard\"}}");
        Running.Answer tooMuch =
                rack.post(
                        "/runs",
                        "{\"target\": {\"server\": \"big\"}, \"inFlight\": 256, \"payload\": {\"randomBytes\": 262144}}");
        assertEquals(422, tooMuch.status(), tooMuch.text());
        assertTrue(tooMuch.text().contains("/inFlight"), tooMuch.text());
        expect(422, "{\"target\": {\"host\": \"\", \"port\": 7}}");
    }

    @Test
    void oneStoppedAtItsBeginningIsOver() {
        rack.start("{\"name\": \"brief\", \"protocol\": \"udp\"}");
        String body = "{\"target\": {\"server\": \"brief\"}, \"durationMs\": 600000}";
        int latest =
                Integer.parseInt(rack.post("/runs", body).body().path("id").asText().substring(1));
        rack.call("DELETE", "/runs/r" + latest, "");
        for (int i = 1; i <= 20; i++) {
            String next = "/runs/r" + (latest + i);
            Thread deletes =
                    Thread.startVirtualThread(() ->
                            Running.eventually(
                                    () -> rack.call("DELETE", next, "").status(),
                                    code -> code == 204));
            rack.post("/runs", body);
            try {
                deletes.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        long in = rack.counter("brief", "messagesIn");
        java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
        assertEquals(in, rack.counter("brief", "messagesIn"), "nobody sends any more");
    }

    @Test
    void severalGoOnAtOnceAndNoMoreThanTheCeiling() {
        rack.start("{\"name\": \"busy\", \"protocol\": \"udp\"}");
        String body = "{\"target\": {\"server\": \"busy\"}, \"durationMs\": 600000}";
        for (int i = 0; i < 8; i++) {
            assertEquals(202, rack.post("/runs", body).status());
        }
        Running.Answer refused = rack.post("/runs", body);
        assertEquals(429, refused.status());
        assertEquals("limit_reached", refused.code());
        for (JsonNode run : rack.get("/runs").body().path("runs")) {
            if (!run.path("state").asText().equals("completed")) {
                rack.call("DELETE", "/runs/" + run.path("id").asText(), "");
            }
        }
        assertEquals(202, rack.post("/runs", "{\"target\": {\"server\": \"busy\"}}").status());
    }

    @Test
    void aRunIsFoundBackAfterTheProgramEnded(@TempDir Path data) {
        JsonNode ended;
        try (Running first = new Running(data)) {
            first.start("{\"name\": \"a\"}");
            ended =
                    first.post("/runs?wait=20s", "{\"target\": {\"server\": \"a\"}, \"count\": 50}")
                            .body();
            first.post("/runs", "{\"target\": {\"server\": \"a\"}, \"durationMs\": 600000}");
        }
        try (Running second = new Running(data)) {
            assertEquals(ended, second.get("/runs/r1").body());
            assertEquals("aborted", second.get("/runs/r2").body().path("state").asText());
            String text = second.get("/runs/r1/histogram.hgrm").text();
            assertTrue(text.contains("TotalCount") && text.contains("50"), text);
            second.call("DELETE", "/runs/r1", "");
            JsonNode next =
                    second.post("/runs?wait=20s", "{\"target\": {\"server\": \"a\"}, \"count\": 1}")
                            .body();
            assertEquals("r3", next.path("id").asText());
        }
    }

    @Test
    void everyWrongFieldIsNamedAndForbiddenTargetsAreRefused() {
        Running.Answer wrong =
                rack.post(
                        "/runs",
                        """
                        {"target": {}, "mode": "warp", "connections": 0, "count": 0, "timeoutMs": 0, "chunks": [1],
                         "payload": {"randomBytes": 0}, "framing": {"type": "raw"}, "protocol": "udp", "verify": "x", "speed": 1}
                        """);
        assertEquals(422, wrong.status());
        assertEquals(
                "/chunks /connections /count /framing /mode /payload/randomBytes /speed /target /timeoutMs /verify",
                String.join(
                        " ", wrong.body().findValuesAsText("pointer").stream().sorted().toList()));
        expect(403, "{\"target\": {\"host\": \"192.0.2.1\", \"port\": 9}}");
        expect(403, "{\"target\": {\"host\": \"127.0.0.1\", \"port\": " + rack.port() + "}}");
        expect(404, "{\"target\": {\"server\": \"nobody\"}}");
        assertEquals(422, rack.post("/runs?wait=3h", "{}").status());
    }

    private void expect(int status, String body) {
        assertEquals(status, rack.post("/runs", body).status(), body);
    }

    private JsonNode run(String body) {
        Running.Answer answer = rack.post("/runs?wait=20s", body);
        assertEquals(200, answer.status(), answer.text());
        assertEquals(answer.body(), rack.get("/runs/" + answer.body().path("id").asText()).body());
        check(answer.body());
        return answer.body();
    }

    /// What must hold in every report.
    private static void check(JsonNode run) {
        assertEquals(
                run.path("sent").asLong(),
                run.path("received").asLong() + run.path("lost").asLong(),
                run.toString());
        assertTrue(run.path("late").asLong() <= run.path("lost").asLong(), run.toString());
        long counted = 0;
        for (JsonNode bucket : run.path("serviceTimeBuckets")) {
            counted += bucket.path("count").asLong();
        }
        assertEquals(run.path("received").asLong(), counted);
        for (String clock :
                new String[] {
                    "connectNanos", "firstByteNanos", "serviceTimeNanos", "responseTimeNanos"
                }) {
            JsonNode times = run.path(clock);
            if (!times.isNull()) {
                double last = 0;
                for (String one :
                        new String[] {"min", "p50", "p90", "p95", "p99", "p999", "p9999", "max"}) {
                    assertTrue(
                            times.path(one).asDouble() >= last,
                            one + " of " + clock + " in " + run);
                    last = times.path(one).asDouble();
                }
                assertTrue(
                        times.path("mean").asDouble() >= times.path("min").asDouble(),
                        run.toString());
                assertTrue(
                        times.path("mean").asDouble() <= times.path("max").asDouble(),
                        run.toString());
                assertNotEquals(0, times.path("count").asLong());
            }
        }
    }

    private static boolean isRun(JsonNode message, String id, String state) {
        return message.path("type").asText().equals("run")
                && message.path("id").asText().equals(id)
                && message.path("state").asText().equals(state);
    }
}
