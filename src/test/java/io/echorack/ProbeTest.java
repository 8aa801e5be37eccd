package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Probes at our own servers and at servers like the course's two.
class ProbeTest extends OneProgram {
    @BeforeAll
    void startServers() {
        rack.start(
                "{\"name\": \"upper\", \"behavior\": {\"type\": \"uppercase\"}, \"framing\": {\"type\": \"delimiter\"}}");
        rack.start("{\"name\": \"udp\", \"protocol\": \"udp\"}");
        rack.start("{\"name\": \"prefix\", \"framing\": {\"type\": \"lengthPrefix\"}}");
        rack.start("{\"name\": \"silent\", \"behavior\": {\"type\": \"discard\"}}");
    }

    @Test
    void aNamedServersFramingGoesAroundTheMessage() {
        JsonNode report =
                probe("{\"target\": {\"server\": \"upper\"}, \"payload\": {\"text\": \"hola\"}}");
        assertEquals("answered", report.path("outcome").asText());
        assertEquals("hola\n", report.at("/sent/text").asText());
        assertEquals("HOLA\n", report.at("/received/text").asText());
        assertTrue(report.path("matches").asBoolean());
        assertTrue(report.path("firstDifference").isNull());
        assertEquals(5, report.path("receivedBytes").asInt());
        assertTrue(report.path("connectNanos").asLong() > 0);
        assertTrue(report.path("totalNanos").asLong() >= report.path("firstByteNanos").asLong());
        JsonNode prefixed =
                probe("{\"target\": {\"server\": \"prefix\"}, \"payload\": {\"hex\": \"ff\"}}");
        assertEquals("00000001ff", prefixed.at("/received/hex").asText());
    }

    @Test
    void aDatagramIsAnsweredByADatagramEvenAnEmptyOne() {
        JsonNode report =
                probe("{\"target\": {\"server\": \"udp\"}, \"payload\": {\"text\": \"hola udp\"}}");
        assertEquals("hola udp", report.at("/received/text").asText());
        assertEquals(1, report.path("reads").size());
        JsonNode empty =
                probe("{\"target\": {\"server\": \"udp\"}, \"payload\": {\"text\": \"\"}}");
        assertEquals("answered", empty.path("outcome").asText());
        assertTrue(empty.path("matches").asBoolean());
    }

    @Test
    void silenceIsATimeOutAndWhatADiscardServerShouldDo() {
        JsonNode report =
                probe(
                        "{\"target\": {\"server\": \"silent\"}, \"payload\": {\"text\": \"x\"}, \"timeoutMs\": 200}");
        assertEquals("timeout", report.path("outcome").asText());
        assertTrue(report.path("matches").asBoolean());
    }

    @Test
    void nobodyThereIsRefusedByTcpAndByUdp() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (String protocol : new String[] {"tcp", "udp"}) {
            JsonNode report =
                    probe(
                            "{\"target\": {\"host\": \"127.0.0.1\", \"port\": "
                                    + free
                                    + "}, \"protocol\": \""
                                    + protocol
                                    + "\", \"payload\": {\"text\": \"x\"}}");
            assertEquals("refused", report.path("outcome").asText(), protocol);
            assertTrue(report.path("matches").isNull(), protocol);
        }
    }

    @Test
    void aServerLikeTheCoursesTcpOneIsProbed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.startVirtualThread(() -> answerLines(listener));
            JsonNode report =
                    probe(
                            """
                            {"target": {"host": "localhost", "port": %d}, "payload": {"text": "hola tcp"},
                             "framing": {"type": "delimiter"}}
                            """
                                    .formatted(listener.getLocalPort()));
            assertEquals("answered", report.path("outcome").asText());
            assertEquals("HOLA TCP\n", report.at("/received/text").asText());
            assertEquals(0, report.at("/firstDifference/offset").asInt());
            assertEquals('h', report.at("/firstDifference/expected").asInt());
            assertEquals('H', report.at("/firstDifference/actual").asInt());
            server.interrupt();
        }
    }

    @Test
    void aServerLikeTheCoursesUdpOneIsProbed() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> echoOnce(socket));
            JsonNode report =
                    probe(
                            "{\"target\": {\"host\": \"127.0.0.1\", \"port\": "
                                    + socket.getLocalPort()
                                    + "}, \"protocol\": \"udp\", \"payload\": {\"text\": \"hola udp\"}}");
            assertEquals("hola udp", report.at("/received/text").asText());
            assertTrue(report.path("matches").asBoolean());
        }
    }

    @Test
    void whereAProbeMayNotGo() {
        expect(
                403,
                "target_not_allowed",
                "{\"target\": {\"host\": \"192.0.2.1\", \"port\": 9}, \"payload\": {\"text\": \"x\"}}");
        expect(
                403,
                "target_not_allowed",
                "{\"target\": {\"host\": \"0.0.0.0\", \"port\": 9}, \"payload\": {\"text\": \"x\"}}");
        expect(
                403,
                "target_not_allowed",
                "{\"target\": {\"host\": \"127.0.0.1\", \"port\": "
                        + rack.port()
                        + "}, \"payload\": {\"text\": \"x\"}}");
        expect(
                404,
                "not_found",
                "{\"target\": {\"server\": \"nobody\"}, \"payload\": {\"text\": \"x\"}}");
        rack.post("/servers", "{\"name\": \"off\", \"autoStart\": false}");
        expect(
                409,
                "not_running",
                "{\"target\": {\"server\": \"off\"}, \"payload\": {\"text\": \"x\"}}");
        Running.Answer wrong =
                rack.post(
                        "/probe",
                        "{\"target\": {\"host\": \"x\"}, \"timeoutMs\": 0, \"tls\": {\"a\": 1}}");
        assertEquals(422, wrong.status());
        assertEquals(4, wrong.body().path("errors").size(), wrong.text());
    }

    private JsonNode probe(String body) {
        Running.Answer answer = rack.post("/probe", body);
        assertEquals(200, answer.status(), answer.text());
        return answer.body();
    }

    private void expect(int status, String code, String body) {
        Running.Answer answer = rack.post("/probe", body);
        assertEquals(status, answer.status(), answer.text());
        assertEquals(code, answer.code());
    }

    private static void answerLines(ServerSocket listener) {
        try (Socket client = listener.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                client.getOutputStream()
                        .write((line.toUpperCase(Locale.ROOT) + "\n").getBytes(UTF_8));
            }
        } catch (IOException closed) {
            // The probe has gone; what it got is checked where it was sent.
        }
    }

    private static void echoOnce(DatagramSocket socket) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            socket.send(packet);
        } catch (IOException closed) {
            // The test has ended; what the probe got is checked there.
        }
    }
}
