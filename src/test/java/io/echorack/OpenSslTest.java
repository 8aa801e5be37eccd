package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS as OpenSSL sees it: what it accepts, and what becomes of what it does not.
class OpenSslTest extends OneProgram {
    private static final String IDLE = ", \"limits\": {\"idleTimeoutMs\": 500}";

    private static Path folder;
    private static OpenSsl openssl;

    @BeforeAll
    static void makeCertificates(@TempDir Path files) {
        folder = files;
        openssl = new OpenSsl(files);
        openssl.certify("server", "rsa");
        openssl.certify("authority", "ec");
        openssl.certify("friend", "authority", "P-256");
        openssl.certify("stranger", "ec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void itsCertificateIsGoodForItsNamesInOpenSslsEyes(String version) throws IOException {
        int port = start("good" + version, "{}", "");
        certificate("good" + version);
        for (String[] called :
                new String[][] {
                    {"-verify_hostname", "localhost"},
                    {"-verify_ip", "127.0.0.1"},
                    {"-verify_ip", "::1"}
                }) {
            OpenSsl.Outcome outcome =
                    talk(
                            port,
                            "hola\n",
                            version,
                            "-CAfile",
                            "shown.pem",
                            "-verify_return_error",
                            "-x509_strict",
                            "-servername",
                            "echo.example",
                            called[0],
                            called[1]);
            assertTrue(outcome.text().contains("Verify return code: 0 (ok)"), outcome.text());
        }
        OpenSsl.Outcome other =
                talk(
                        port,
                        "",
                        version,
                        "-CAfile",
                        "shown.pem",
                        "-verify_return_error",
                        "-verify_hostname",
                        "other.example");
        assertTrue(other.text().contains("hostname mismatch"), other.text());
        OpenSsl.Outcome fingerprint =
                openssl.run(
                        "x509",
                        "-in",
                        "shown.pem",
                        "-noout",
                        "-fingerprint",
                        "-sha256",
                        "-ext",
                        "subjectAltName");
        JsonNode tls = rack.get("/servers/good" + version).body().at("/status/tls");
        assertTrue(
                fingerprint
                        .text()
                        .replace(":", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(tls.path("certificateSha256").asText()),
                fingerprint.text());
        assertEquals("localhost", tls.at("/names/0").asText());
        assertEquals(0, openssl.run("verify", "-CAfile", "shown.pem", "shown.pem").exit());
        JsonNode event = rack.events("server:good" + version + " kind:tlsHandshake", 1).get(0);
        assertEquals("echo.example", event.path("sni").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version | {\"minVersion\": \"TLSv1.3\"}  | -tls1_2             | the client offers no version of TLS that this server takes",
                "alpn    | {\"alpn\": [\"one\", \"two\"]} | -alpn three         | the client speaks no protocol that this server does (ALPN)",
                "need12  | {\"clientAuth\": \"need\"}     | -tls1_2             | the client showed no certificate, and one is needed",
                "need13  | {\"clientAuth\": \"need\"}     | -tls1_3             | the client showed no certificate, and one is needed",
                "distrust| {}                             | -verify_return_error -verify 1 | the client does not trust our certificate",
            })
    void aHandshakeThatFailsSaysWhy(String name, String tls, String words, String why)
            throws IOException {
        int port = start(name, tls, "");
        OpenSsl.Outcome outcome = talk(port, "hola\n", words.split(" ", -1));
        assertFalse(outcome.text().contains("HOLA"), outcome.text());
        if (name.equals("alpn")) {
            assertTrue(outcome.text().contains("no application protocol"), outcome.text());
        }
        failed(name, why, name.equals("distrust") ? "client" : "server");
    }

    @Test
    void whatIsNoTlsIsToldWithoutABitOfIt() throws IOException {
        int port = start("plain", "{}", "");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            client.getInputStream().readAllBytes();
        }
        failed(
                "plain",
                "what came is not TLS: the client speaks plain text, or another protocol",
                "server");
    }

    @Test
    void whoIsGoneBeforeTheEndIsToldToo() throws IOException {
        int port = start("gone", "{}", "");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(new byte[] {22, 3, 1});
            client.shutdownOutput();
            assertTrue(client.getInputStream().readAllBytes().length < 100);
        }
        failed("gone", "the client was gone before the handshake was through", "client");
    }

    @Test
    void aHandshakeThatStallsEnds() throws IOException {
        int port = start("stalls", "{}", "");
        try (Socket client = rack.connect(port)) {
            // A ClientHello of 16,000 bytes is announced, and never comes.
            client.getOutputStream().write(new byte[] {22, 3, 1, 62, -128, 1});
            client.getInputStream().readAllBytes();
        }
        failed("stalls", "the handshake was not through within 10,000 ms", "server");
    }

    @Test
    void aClientsCertificateIsAskedForCheckedAndShown() throws IOException {
        String roots = folder.resolve("authority.pem").toString();
        int any = start("any", "{\"clientAuth\": \"want\"}", IDLE);
        int led =
                start(
                        "led",
                        "{\"clientAuth\": \"need\", \"clientCaFile\": \"" + roots + "\"}",
                        IDLE);
        for (String[] said :
                new String[][] {
                    {"any", "stranger", "CN=stranger"},
                    {"any", "", ""},
                    {"led", "friend", "CN=friend"}
                }) {
            String[] shows =
                    said[1].isEmpty()
                            ? new String[] {}
                            : new String[] {
                                "-cert", said[1] + ".pem", "-key", said[1] + "-key.pem"
                            };
            answers(said[0].equals("any") ? any : led, shows);
            JsonNode events = rack.events("server:" + said[0] + " kind:tlsHandshake", 1);
            assertEquals(said[2], events.get(events.size() - 1).path("clientSubject").asText());
        }
        OpenSsl.Outcome outcome =
                talk(led, "hola\n", "-cert", "stranger.pem", "-key", "stranger-key.pem");
        assertFalse(outcome.text().contains("HOLA"), outcome.text());
        JsonNode refused = rack.events("server:led kind:tlsHandshake", 2).get(1);
        assertTrue(
                refused.path("reason")
                        .asText()
                        .startsWith(
                                "the client's certificate does not lead to one of clientCaFile"),
                refused.toString());
    }

    @Test
    void aCertificateFromFilesIsShownWithoutItsKey() throws IOException {
        int port = start("files", files("server.pem", "server-key.pem"), IDLE);
        String shown = certificate("files");
        assertFalse(shown.contains("PRIVATE"), shown);
        answers(port, "-CAfile", "shown.pem", "-verify_return_error");
        JsonNode server = rack.get("/servers/files").body();
        assertEquals("CN=server", server.at("/status/tls/subject").asText());
        // A PEM file that has both in it shows no more of it.
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("server-key.pem"))
                        + Files.readString(folder.resolve("server.pem")));
        start("both", files("both.pem", "both.pem"), "");
        assertFalse(certificate("both").contains("PRIVATE"));
    }

    @Test
    void aKeyInTheOlderFormWillDo() {
        openssl.made("rsa", "-in", "server-key.pem", "-traditional", "-out", "old-key.pem");
        start("old", files("server.pem", "old-key.pem"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.pem       | server-key.pem   | /tls/certificateFile | is not there",
                "server-key.pem | server-key.pem   | /tls/certificateFile | holds no certificate in PEM form",
                "server.pem     | server.pem       | /tls/keyFile         | holds no private key in PEM form",
                "server.pem     | stranger-key.pem | /tls/keyFile         | is not the key of the first certificate",
                "server.pem     | .                | /tls/keyFile         | is not a file",
                "server.pem     | locked-key.pem   | /tls/keyFile         | holds an encrypted key; only a plain one can be used here",
            })
    void aFileThatWillNotDoIsAWrongField(
            String certificate, String key, String pointer, String detail) {
        openssl.made(
                "pkcs8",
                "-topk8",
                "-in",
                "server-key.pem",
                "-passout",
                "pass:x",
                "-out",
                "locked-key.pem");
        Running.Answer answer = rack.post("/servers", "{\"tls\": " + files(certificate, key) + "}");
        assertEquals(422, answer.status(), answer.text());
        assertEquals(pointer, answer.body().at("/errors/0/pointer").asText());
        assertEquals(detail, answer.body().at("/errors/0/detail").asText());
    }

    private int start(String name, String tls, String more) {
        return rack.start(
                """
                {"name": "%s", "tls": %s, "framing": {"type": "delimiter"}, "behavior": {"type": "uppercase"}%s}
                """
                        .formatted(name, tls, more));
    }

    private String certificate(String server) throws IOException {
        String pem = rack.get("/servers/" + server + "/certificate.pem").text();
        Files.writeString(folder.resolve("shown.pem"), pem);
        return pem;
    }

    private static String files(String certificate, String key) {
        return "{\"mode\": \"files\", \"certificateFile\": \"%s\", \"keyFile\": \"%s\"}"
                .formatted(folder.resolve(certificate), folder.resolve(key));
    }

    private static OpenSsl.Outcome talk(int port, String input, String... more) {
        return openssl.given(
                input,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "s_client", "-connect", "127.0.0.1:" + port),
                                java.util.stream.Stream.of(more))
                        .toArray(String[]::new));
    }

    /// It does not end with its input then, but with the server, which finds it idle.
    private void answers(int port, String... more) {
        String[] words =
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(more),
                                java.util.stream.Stream.of("-quiet"))
                        .toArray(String[]::new);
        OpenSsl.Outcome outcome = talk(port, "hola\n", words);
        assertTrue(outcome.text().contains("HOLA\n"), outcome.text());
    }

    private void failed(String server, String why, String by) {
        JsonNode event = rack.events("server:" + server + " kind:tlsHandshake", 1).get(0);
        assertEquals("failed", event.path("outcome").asText());
        assertTrue(event.path("reason").asText().startsWith(why), event.toString());
        JsonNode closed = rack.events("server:" + server + " kind:connectionClosed", 1).get(0);
        assertEquals("tlsFailed", closed.path("closeKind").asText());
        assertEquals(by, closed.path("closedBy").asText());
        assertEquals(event.path("reason"), closed.path("reason"));
    }
}
