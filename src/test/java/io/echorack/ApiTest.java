package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The servers, events and errors of the REST interface.
class ApiTest extends OneProgram {
    @BeforeEach
    void empty() {
        assertEquals(200, rack.post("/reset", "").status());
    }

    @Test
    void theSpecIsWhatWasAskedForAndCanBePostedAgain() {
        String spec =
                """
                {"name": "a", "note": "n", "protocol": "tcp", "host": "127.0.0.1", "port": 0, "autoStart": true,
                 "behavior": {"type": "reply", "payload": {"base64": "aGk="}},
                 "framing": {"type": "lengthPrefix", "lengthBytes": 2, "byteOrder": "littleEndian",
                             "includesPrefix": true, "maxFrameBytes": 100},
                 "socket": {"reuseAddress": true, "backlog": 5, "receiveBufferBytes": 8192, "sendBufferBytes": 8192,
                            "tcpNoDelay": false, "keepAlive": true, "lingerSeconds": 1, "readBufferBytes": 100,
                            "reusePort": true, "dscp": 46},
                 "limits": {"maxConnections": 3, "idleTimeoutMs": 60000},
                 "capture": {"payload": "full", "headBytes": 10}}
                """;
        Running.Answer created = rack.post("/servers", spec);
        assertEquals(201, created.status(), created.text());
        JsonNode asked = created.body().path("spec");
        assertEquals(Running.tree(spec), asked);
        assertEquals("running", created.body().at("/status/state").asText());
        assertEquals(5, created.body().at("/status/socket/backlog").asInt());
        rack.call("DELETE", "/servers/a", "");
        assertEquals(201, rack.post("/servers", asked.toString()).status());
    }

    @Test
    void namesAreMadeUpWhereNoneIsGiven() {
        assertEquals("tcp-1", rack.post("/servers", "{}").body().path("name").asText());
        assertEquals("tcp-2", rack.post("/servers", "{}").body().path("name").asText());
        assertEquals(
                "udp-1",
                rack.post("/servers", "{\"protocol\": \"udp\"}").body().path("name").asText());
        assertEquals(3, rack.get("/servers").body().path("servers").size());
    }

    @Test
    void everyWrongFieldIsNamedAtOnceAndNothingIsLost() {
        rack.start("{\"name\": \"good\"}");
        Running.Answer answer =
                rack.post(
                        "/servers",
                        """
                        {"name": "Bad Name", "protocol": "sctp", "host": "nowhere.example", "port": 70000,
                         "autoStart": "yes", "colour": "red",
                         "behavior": {"type": "reply", "payload": {"hex": "0g"}},
                         "framing": {"type": "lengthPrefix", "lengthBytes": 5, "byteOrder": "middle"},
                         "socket": {"backlog": 0, "tcpNoDelay": 1}, "limits": {"maxConnections": 1.5},
                         "tls": {"mode": "files", "keyFile": "key.pem"}, "faults": [{"type": "slip"}], "ioModel": "fork"}
                        """);
        assertEquals(422, answer.status());
        assertEquals("invalid_field", answer.code());
        Set<String> pointers = new TreeSet<>();
        answer.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
        assertEquals(
                new TreeSet<>(
                        Set.of(
                                "/name",
                                "/protocol",
                                "/host",
                                "/port",
                                "/autoStart",
                                "/colour",
                                "/behavior/payload/hex",
                                "/framing/lengthBytes",
                                "/framing/byteOrder",
                                "/socket/backlog",
                                "/socket/tcpNoDelay",
                                "/limits/maxConnections",
                                "/tls/certificateFile",
                                "/tls/keyFile",
                                "/faults/0/type",
                                "/ioModel")),
                pointers);
        assertEquals("running", rack.get("/servers/good").body().at("/status/state").asText());
    }

    @Test
    void aPortTakenIsAPortTakenForUdpToo() {
        int port = rack.start("{\"name\": \"u1\", \"protocol\": \"udp\"}");
        expect(
                409,
                "port_in_use",
                rack.post("/servers", "{\"protocol\": \"udp\", \"port\": " + port + "}"));
    }

    @Test
    void aServerThatCanNotRebindUnderItsOwnConnectionsGoesOn() throws IOException {
        int port = rack.start("{\"name\": \"a\", \"socket\": {\"reuseAddress\": false}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            expect(
                    409,
                    "port_in_use",
                    rack.call(
                            "PATCH",
                            "/servers/a",
                            "{\"port\": " + port + ", \"socket\": {\"backlog\": 7}}"));
            echo(port);
        }
    }

    @Test
    void whatIsNotEvenHttpIsAProblemToo() throws IOException {
        for (String request :
                new String[] {"GET /%zz HTTP/1.1", "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000)}) {
            String answer = Raw.request(rack.port(), request, "Host: localhost");
            assertTrue(
                    answer.startsWith("HTTP/1.1 4") && answer.contains("application/problem+json"),
                    answer);
        }
    }

    @Test
    void problemsHaveTheirCodes() throws IOException {
        int port = rack.start("{\"name\": \"a\"}");
        expect(404, "not_found", rack.get("/servers/nobody"));
        expect(404, "not_found", rack.get("/nothing"));
        expect(404, "not_found", rack.get("/connections/c999999"));
        expect(404, "not_found", rack.get("/events/999999999"));
        expect(405, "method_not_allowed", rack.call("PUT", "/reset", "{}"));
        expect(409, "name_taken", rack.post("/servers", "{\"name\": \"a\"}"));
        expect(409, "port_in_use", rack.post("/servers", "{\"port\": " + port + "}"));
        expect(409, "address_unavailable", rack.post("/servers", "{\"host\": \"192.0.2.1\"}"));
        expect(400, "invalid_json", rack.post("/servers", "{\"name\": "));
        expect(400, "invalid_json", rack.post("/servers", "{\"name\": \"b\", \"name\": \"c\"}"));
        expect(400, "bad_filter", rack.get("/events?filter=kind:x"));
        expect(422, "invalid_field", rack.get("/events?limit=0"));
        expect(
                413,
                "payload_too_large",
                rack.post("/servers", "{\"note\": \"" + "x".repeat(1 << 20) + "\"}"));
        assertEquals(1, rack.get("/servers").body().path("servers").size());
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws IOException {
        String refused =
                Raw.request(
                        rack.port(),
                        "POST /api/v1/servers HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: text/plain",
                        "Content-Length: 2",
                        "",
                        "{}");
        assertTrue(refused.startsWith("HTTP/1.1 415"), refused);
    }

    @Test
    void aServerWhosePortIsTakenIsNotCreatedAndOneThatCanNotStartHasFailed() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String spec =
                    "{\"name\": \"late\", \"autoStart\": false, \"port\": "
                            + taken.getLocalPort()
                            + "}";
            assertEquals(
                    "stopped", rack.post("/servers", spec).body().at("/status/state").asText());
            expect(409, "port_in_use", rack.post("/servers/late/start", ""));
            JsonNode status = rack.get("/servers/late").body().path("status");
            assertEquals("failed", status.path("state").asText());
            assertTrue(status.path("reason").asText().contains("in use"), status.toString());
        }
        assertEquals(
                "running",
                rack.post("/servers/late/start", "").body().at("/status/state").asText());
    }

    @Test
    void startStopAndRestartAreIdempotentAndKeepTheCounters() throws IOException {
        int port = rack.start("{\"name\": \"a\"}");
        echo(port);
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "stopped",
                    rack.post("/servers/a/stop", "").body().at("/status/state").asText());
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "running",
                    rack.post("/servers/a/start", "").body().at("/status/state").asText());
        }
        assertEquals(1, rack.counter("a", "messagesIn"));
        rack.post("/servers/a/restart", "");
        assertEquals(1, rack.counter("a", "messagesIn"));
        assertEquals(204, rack.call("DELETE", "/servers/a", "").status());
        expect(404, "not_found", rack.get("/servers/a"));
    }

    @Test
    void stoppingReleasesThePort() throws IOException {
        int port = rack.start("{\"name\": \"a\"}");
        rack.post("/servers/a/stop", "");
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            assertTrue(free.isBound());
        }
    }

    @Test
    void aLiveChangeKeepsConnectionsAndARestartTellsHowManyItClosed() throws IOException {
        int port = rack.start("{\"name\": \"a\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            assertEquals("abc\n", line(client, "abc\n"));
            Running.Answer live =
                    rack.call("PATCH", "/servers/a", "{\"behavior\": {\"type\": \"uppercase\"}}");
            assertEquals("live", live.body().at("/status/lastChange/applied").asText());
            assertEquals("ABC\n", line(client, "abc\n"));
            expect(
                    409,
                    "restart_refused",
                    rack.call(
                            "PATCH",
                            "/servers/a?restart=refuse",
                            "{\"socket\": {\"backlog\": 7}}"));
            assertEquals("ABC\n", line(client, "abc\n"));
            Running.Answer restarted =
                    rack.call(
                            "PATCH",
                            "/servers/a",
                            "{\"port\": " + port + ", \"socket\": {\"backlog\": 7}}");
            assertEquals(200, restarted.status(), restarted.text());
            assertEquals("restarted", restarted.body().at("/status/lastChange/applied").asText());
            assertEquals(1, restarted.body().at("/status/lastChange/connectionsClosed").asInt());
            assertEquals(port, restarted.body().at("/status/port").asInt());
            assertEquals(-1, client.getInputStream().read());
        }
        assertEquals(1, rack.counter("a", "connectionsAccepted"));
    }

    @Test
    void aRestartThatCanNotBindLeavesTheOldOneAsItWas() throws IOException {
        int port = rack.start("{\"name\": \"a\"}");
        try (ServerSocket taken =
                        new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            expect(
                    409,
                    "port_in_use",
                    rack.call("PATCH", "/servers/a", "{\"port\": " + taken.getLocalPort() + "}"));
            expect(
                    409,
                    "address_unavailable",
                    rack.call(
                            "PATCH",
                            "/servers/a",
                            "{\"port\": " + port + ", \"host\": \"192.0.2.1\"}"));
            client.getOutputStream().write('y');
            assertEquals('y', client.getInputStream().read());
            echo(port);
        }
        JsonNode server = rack.get("/servers/a").body();
        assertEquals("running", server.at("/status/state").asText());
        assertFalse(server.path("spec").has("port"));
    }

    @Test
    void aMergePatchTakesAnObjectOfAnotherTypeAlone() {
        rack.start(
                "{\"name\": \"a\", \"note\": \"n\", \"framing\": {\"type\": \"lengthPrefix\", \"lengthBytes\": 2}}");
        JsonNode spec =
                rack.call(
                                "PATCH",
                                "/servers/a",
                                "{\"note\": null, \"framing\": {\"type\": \"fixed\", \"frameBytes\": 8}}")
                        .body()
                        .path("spec");
        assertEquals(
                Running.tree(
                        "{\"name\": \"a\", \"framing\": {\"type\": \"fixed\", \"frameBytes\": 8}}"),
                spec);
        expect(422, "invalid_field", rack.call("PATCH", "/servers/a", "{\"name\": \"b\"}"));
        expect(422, "invalid_field", rack.call("PATCH", "/servers/a", "[]"));
    }

    @Test
    void puttingTheSameSpecAgainChangesNothing() {
        String spec = "{\"behavior\": {\"type\": \"uppercase\"}}";
        Running.Answer first = rack.call("PUT", "/servers/a", spec);
        assertEquals(201, first.status());
        Running.Answer again = rack.call("PUT", "/servers/a", spec);
        assertEquals(200, again.status());
        assertEquals(first.body(), again.body());
        expect(422, "invalid_field", rack.call("PUT", "/servers/a", "{\"name\": \"b\"}"));
    }

    @Test
    void theWholeRackIsPutByName() {
        rack.start("{\"name\": \"old\"}");
        rack.start("{\"name\": \"kept\"}");
        int kept = rack.get("/servers/kept").body().at("/status/port").asInt();
        Running.Answer put =
                rack.call(
                        "PUT",
                        "/servers",
                        "[{\"name\": \"kept\"}, {\"name\": \"new\", \"protocol\": \"udp\"}]");
        assertEquals(200, put.status(), put.text());
        assertEquals("kept", put.body().at("/servers/0/name").asText());
        assertEquals(kept, put.body().at("/servers/0/status/port").asInt());
        assertEquals("new", put.body().at("/servers/1/name").asText());
        Running.Answer wrong = rack.call("PUT", "/servers", "[{\"name\": \"x\"}, {\"port\": -1}]");
        assertEquals(422, wrong.status());
        assertEquals("/1/port", wrong.body().at("/errors/0/pointer").asText());
        assertEquals(2, rack.get("/servers").body().path("servers").size());
    }

    @Test
    void anEventIsFoundWithAllThatWasCaptured() throws IOException {
        int port = rack.start("{\"name\": \"a\", \"capture\": {\"payload\": \"full\"}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream()
                    .write("x".repeat(2_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            client.getInputStream().readNBytes(2_000);
        }
        JsonNode frame = rack.events("server:a kind:write len>256", 1).get(0);
        assertEquals(256, frame.at("/payload/text").asText().length());
        JsonNode whole = rack.get("/events/" + frame.path("seq").asLong() + "?as=hex").body();
        assertEquals(frame.path("length").asInt(), whole.path("payloadBytes").asInt());
        assertEquals(2 * frame.path("length").asInt(), whole.at("/payload/hex").asText().length());
        String lines = rack.get("/events.ndjson?filter=server:a%20kind:write").text();
        assertTrue(lines.endsWith("}\n") && lines.contains("x".repeat(257)), lines);
    }

    private void echo(int port) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
        }
    }

    private static String line(Socket client, String sent) throws IOException {
        client.getOutputStream().write(sent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new String(
                client.getInputStream().readNBytes(sent.length()),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void expect(int status, String code, Running.Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(code, answer.code(), answer.text());
    }
}
