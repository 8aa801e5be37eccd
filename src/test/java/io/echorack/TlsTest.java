package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TCP servers over TLS, from outside, with Java's own clients.
class TlsTest extends OneProgram {
    private static final int[] CUTS = {3, 700, 5_000};

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whateverTheCuttingTheAnswersAreTheSame(String version) throws IOException {
        String name = "cut-" + version.toLowerCase(java.util.Locale.ROOT);
        for (String framing :
                new String[] {
                    "{\"type\": \"raw\"}",
                    "{\"type\": \"delimiter\"}",
                    "{\"type\": \"lengthPrefix\", \"lengthBytes\": 2}",
                    "{\"type\": \"fixed\", \"frameBytes\": 16}"
                }) {
            int port =
                    rack.start(
                            "{\"name\": \"%s\", \"tls\": {}, \"framing\": %s}"
                                    .formatted(name, framing));
            long seed = 20_26;
            Random random = new Random(seed);
            TlsClient client = TlsClient.of(rack, name);
            for (int most : CUTS) {
                byte[] sent = lines(random);
                try (SSLSocket socket = client.connect(port, version)) {
                    OutputStream out = socket.getOutputStream();
                    for (int at = 0; at < sent.length; ) {
                        int length = Math.min(sent.length - at, 1 + random.nextInt(most));
                        out.write(sent, at, length);
                        at += length;
                    }
                    socket.shutdownOutput();
                    assertArrayEquals(
                            sent,
                            socket.getInputStream().readAllBytes(),
                            framing + " seed " + seed);
                    assertEquals(version, socket.getSession().getProtocol());
                }
            }
            rack.call("DELETE", "/servers/" + name, "");
        }
    }

    @Test
    void aHandshakeIsToldAndStandsOnTheConnection() throws IOException {
        int port = rack.start("{\"name\": \"told\", \"tls\": {\"alpn\": [\"best\", \"good\"]}}");
        try (SSLSocket client = TlsClient.of(rack, "told").connect(port)) {
            var wanted = client.getSSLParameters();
            wanted.setApplicationProtocols(new String[] {"good", "best", "other"});
            wanted.setServerNames(java.util.List.of(new javax.net.ssl.SNIHostName("echo.example")));
            wanted.setEndpointIdentificationAlgorithm(null);
            client.setSSLParameters(wanted);
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());
            assertEquals("best", client.getApplicationProtocol());
            JsonNode event = rack.events("server:told kind:tlsHandshake", 1).get(0);
            JsonNode session =
                    rack.get("/connections/" + event.path("connection").asText())
                            .body()
                            .path("tls");
            assertEquals("established", event.path("outcome").asText());
            for (JsonNode told : new JsonNode[] {event, session}) {
                assertEquals("TLSv1.3", told.path("version").asText());
                assertEquals(client.getSession().getCipherSuite(), told.path("cipher").asText());
                assertEquals("echo.example", told.path("sni").asText());
                assertEquals("best", told.path("alpn").asText());
            }
            assertTrue(session.path("clientSubject").isNull());
        }
    }

    @Test
    void aReadIsWhatOneDecryptionGaveAndInfoSaysWhatTlsItSaw() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "seen", "tls": {}, "behavior": {"type": "info"}, "framing": {"type": "delimiter"}}
                        """);
        try (SSLSocket client = TlsClient.of(rack, "seen").connect(port, "TLSv1.2")) {
            client.getOutputStream().write("hel".getBytes(UTF_8));
            client.getOutputStream().write("lo\n".getBytes(UTF_8));
            String line =
                    new java.io.BufferedReader(
                                    new java.io.InputStreamReader(client.getInputStream(), UTF_8))
                            .readLine();
            JsonNode saw = Running.tree(line);
            assertEquals("TLSv1.2", saw.at("/tls/version").asText());
            assertEquals(client.getSession().getCipherSuite(), saw.at("/tls/cipher").asText());
            assertEquals(1, saw.path("firstRead").asInt());
            assertEquals(2, saw.path("lastRead").asInt());
        }
        JsonNode reads = rack.events("server:seen kind:read", 2);
        assertEquals("hel", reads.get(0).at("/payload/text").asText());
        assertEquals("lo\n", reads.get(1).at("/payload/text").asText());
    }

    @Test
    void aBannerComesWhenTheHandshakeIsThrough() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "banner", "tls": {}, "behavior": {"type": "echo", "banner": {"text": "hello"}}}
                        """);
        try (SSLSocket client = TlsClient.of(rack, "banner").connect(port)) {
            assertEquals("hello", new String(client.getInputStream().readNBytes(5), UTF_8));
        }
        JsonNode events = rack.events("server:banner (kind:tlsHandshake or kind:write)", 2);
        assertEquals("tlsHandshake", events.get(0).path("kind").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void twentyMegabytesAndAHalfCloseAndNothingIsLost(String version) throws Exception {
        int port = rack.start("{\"tls\": {}}");
        String name = nameOf(port);
        byte[] sent = new byte[20 * 1024 * 1024];
        new Random(3).nextBytes(sent);
        try (SSLSocket client = TlsClient.of(rack, name).connect(port, version)) {
            client.startHandshake();
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
        JsonNode events =
                rack.events(
                        "server:%s (kind:connectionHalfClosed or kind:connectionClosed)"
                                .formatted(name),
                        2);
        assertEquals("client", events.get(0).path("by").asText());
        assertFalse(events.get(0).has("reason"), events.toString());
        assertEquals("client", events.get(1).path("closedBy").asText());
        assertEquals("fin", events.get(1).path("closeKind").asText());
        assertEquals(sent.length, rack.counter(name, "bytesOut"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatNeverReadsIsNotReadFromAndLosesNothingByItsEnd(String version)
            throws Exception {
        int port =
                rack.start(
                        """
                        {"tls": {}, "framing": {"type": "delimiter"},
                         "behavior": {"type": "reply", "payload": {"text": "%s"}}}
                        """
                                .formatted("x".repeat(60_000)));
        String name = nameOf(port);
        try (SSLSocket client = TlsClient.of(rack, name).connect(port, version)) {
            client.getOutputStream().write("\n".repeat(2_000).getBytes(UTF_8));
            client.shutdownOutput();
            long out =
                    Running.eventually(
                            () -> rack.counter(name, "messagesOut"), answered -> answered > 10);
            // 2,000 answers would be 120 MB; only what the socket buffers take is made.
            assertTrue(out < 1_000, "made " + out + " answers for a client that takes none");
            long length = client.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertEquals(2_000L * 60_000, length);
        }
        assertEquals(2_000, rack.counter(name, "messagesOut"));
    }

    @Test
    void aFinWithoutACloseNotifyIsTold() throws Exception {
        int port = rack.start("{\"name\": \"truncated\", \"tls\": {}}");
        try (Socket tcp = rack.connect(port);
                SSLSocket client = TlsClient.of(rack, "truncated").over(tcp)) {
            client.getOutputStream().write("last".getBytes(UTF_8));
            assertEquals("last", new String(client.getInputStream().readNBytes(4), UTF_8));
            tcp.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        }
        JsonNode half = rack.events("server:truncated kind:connectionHalfClosed", 1).get(0);
        assertEquals(
                "FIN without close_notify: something may be missing", half.path("reason").asText());
    }

    @Test
    void ourOwnEndsAreSaidInTlsAndARstIsNot() throws IOException {
        int port = rack.start("{\"name\": \"ends\", \"tls\": {}}");
        TlsClient clients = TlsClient.of(rack, "ends");
        for (String how : new String[] {"fin", "rst", "half", "stop"}) {
            try (SSLSocket client = clients.connect(port)) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
                String id =
                        rack.events(
                                        "server:ends kind:connectionOpened peer:127.0.0.1:"
                                                + client.getLocalPort(),
                                        1)
                                .get(0)
                                .path("connection")
                                .asText();
                switch (how) {
                    case "half" -> rack.post("/connections/" + id + "/shutdown-output", "");
                    case "stop" -> rack.post("/servers/ends/stop", "");
                    default -> rack.call("DELETE", "/connections/" + id + "?how=" + how, "");
                }
                if (how.equals("rst")) {
                    assertThrows(IOException.class, () -> client.getInputStream().read());
                } else {
                    // Without a close_notify this would be an SSLException.
                    assertEquals(-1, client.getInputStream().read(), how);
                }
                if (how.equals("half")) {
                    client.getOutputStream().write("still read".getBytes(UTF_8));
                    rack.events("conn:" + id + " kind:read", 2);
                    client.shutdownOutput();
                }
                JsonNode closed =
                        Running.eventually(
                                () -> rack.get("/connections/" + id).body(),
                                connection -> connection.path("state").asText().equals("closed"));
                assertEquals("server", closed.path("closedBy").asText(), how);
                assertEquals(how.equals("half") ? "fin" : how, closed.path("closeKind").asText());
            }
        }
    }

    @Test
    void aProbeAndARunSpeakTlsToAServerThatDoes() {
        int port =
                rack.start(
                        """
                        {"name": "probed", "tls": {"alpn": ["x"]}, "behavior": {"type": "uppercase"},
                         "framing": {"type": "delimiter"}}
                        """);
        for (String tls :
                new String[] {"null", "{\"serverName\": \"localhost\", \"alpn\": [\"x\"]}"}) {
            JsonNode probe =
                    rack.post(
                                    "/probe",
                                    """
                                    {"target": {"server": "probed"}, "payload": {"text": "hola"}, "timeoutMs": 20000, "tls": %s}
                                    """
                                            .formatted(tls))
                            .body();
            assertTrue(probe.path("matches").asBoolean(), probe.toString());
        }
        JsonNode run =
                rack.post(
                                "/runs?wait=60s",
                                """
                                {"target": {"server": "probed"}, "count": 200, "connections": 4, "timeoutMs": 20000}
                                """)
                        .body();
        assertEquals(200, run.path("received").asInt(), run.toString());
        String host =
                """
                {"target": {"host": "127.0.0.1", "port": %d}, "payload": {"text": "hola\\n"}, "timeoutMs": 20000, "tls": %s}
                """;
        JsonNode stranger = rack.post("/probe", host.formatted(port, "{}")).body();
        assertEquals("failed", stranger.path("outcome").asText(), stranger.toString());
        assertTrue(stranger.path("detail").asText().contains("PKIX"), stranger.toString());
        JsonNode any = rack.post("/probe", host.formatted(port, "{\"verify\": false}")).body();
        assertEquals("HOLA\n", any.at("/received/text").asText(), any.toString());
        rack.start("{\"name\": \"unsecured\"}");
        assertEquals(
                422,
                rack.post(
                                "/probe",
                                "{\"target\": {\"server\": \"unsecured\"}, \"payload\": {\"text\": \"a\"}, \"tls\": {}}")
                        .status());
        assertEquals(
                "/tls/caFile",
                rack.post("/probe", host.formatted(port, "{\"caFile\": \"/nowhere.pem\"}"))
                        .body()
                        .at("/errors/0/pointer")
                        .asText());
    }

    @Test
    void aServerWithoutTlsHasNoCertificateAndOneThatIsStoppedShowsNone() {
        rack.start("{\"name\": \"plain\"}");
        assertEquals(404, rack.get("/servers/plain/certificate.pem").status());
        rack.post("/servers", "{\"name\": \"off\", \"autoStart\": false, \"tls\": {}}");
        assertEquals(409, rack.get("/servers/off/certificate.pem").status());
        assertTrue(rack.get("/servers/off").body().at("/status/tls").isNull());
        assertEquals(422, rack.post("/servers", "{\"protocol\": \"udp\", \"tls\": {}}").status());
    }

    @Test
    void aChangeRestartsTheServerAndNullTakesTlsAway() throws IOException {
        int port = rack.start("{\"name\": \"changed\", \"tls\": {}}");
        JsonNode plain =
                rack.send(
                                "PATCH",
                                "/api/v1/servers/changed",
                                "application/merge-patch+json",
                                "{\"tls\": null, \"port\": %d}".formatted(port))
                        .body();
        assertEquals("restarted", plain.at("/status/lastChange/applied").asText());
        assertTrue(plain.at("/status/tls").isNull());
        try (Socket client = rack.connect(port)) {
            // To a plain echo a ClientHello is but bytes.
            client.getOutputStream().write(new byte[] {22, 3, 1, 0, 1, 0});
            assertArrayEquals(
                    new byte[] {22, 3, 1, 0, 1, 0}, client.getInputStream().readNBytes(6));
        }
    }

    private static byte[] lines(Random random) {
        byte[] lines = new byte[16 * 256];
        for (int i = 0; i < lines.length; i++) {
            // For a length prefix: 14 bytes at a time.
            lines[i] =
                    switch (i % 16) {
                        case 0 -> 0;
                        case 1 -> 14;
                        case 15 -> '\n';
                        default -> (byte) ('a' + random.nextInt(26));
                    };
        }
        return lines;
    }

    private String nameOf(int port) {
        for (JsonNode server : rack.get("/servers").body().path("servers")) {
            if (server.at("/status/port").asInt() == port) {
                return server.path("name").asText();
            }
        }
        throw new AssertionError("nobody on " + port);
    }
}
