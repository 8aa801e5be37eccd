package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers and clients, tried with what people have at hand.
class ToolsTest extends OneProgram {
    private static final int MEBIBYTES = 100;

    @TempDir Path folder;

    @Test
    void ncatsInputComesBackToTheLastByteBehindItsHalfClose() throws Exception {
        String port = Integer.toString(rack.start("{\"capture\": {\"payload\": \"none\"}}"));
        Path file = folder.resolve("much");
        MessageDigest sent = digest();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sent)) {
            byte[] piece = new byte[1024 * 1024];
            Random random = new Random(862);
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        byte[] came = Tool.run(file, ToolsTest::digest, "ncat", "127.0.0.1", port);
        assertArrayEquals(sent.digest(), came);
    }

    @Test
    void socatTalksToOurServersOverBothProtocols() throws Exception {
        int tcp =
                rack.start(
                        "{\"behavior\": {\"type\": \"uppercase\"}, \"framing\": {\"type\": \"delimiter\"}}");
        assertEquals(
                "HOLA\nTCP\n",
                Tool.run(
                        "hola\ntcp\n".getBytes(UTF_8),
                        "socat",
                        "-t20",
                        "-",
                        "TCP:127.0.0.1:" + tcp));
        int udp = rack.start("{\"protocol\": \"udp\"}");
        assertEquals(
                "hola udp",
                Tool.run("hola udp".getBytes(UTF_8), "socat", "-t1", "-", "UDP:127.0.0.1:" + udp));
    }

    @Test
    void ourClientsTalkToSocat() throws Exception {
        Tool.require("socat");
        Process socat =
                new ProcessBuilder("socat", "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1,fork", "PIPE")
                        .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(socat.getErrorStream(), UTF_8))) {
            String listening = said.readLine();
            while (!listening.contains("listening on")) {
                listening = said.readLine();
            }
            String port = listening.substring(listening.lastIndexOf(':') + 1).strip();
            String target = "{\"target\": {\"host\": \"127.0.0.1\", \"port\": " + port + "}, ";
            JsonNode probe =
                    rack.post("/probe", target + "\"payload\": {\"text\": \"hola\"}}").body();
            assertEquals("hola", probe.at("/received/text").asText(), probe.toString());
            JsonNode run =
                    rack.post(
                                    "/runs?wait=60s",
                                    target
                                            + "\"count\": 500, \"connections\": 4, \"verify\": \"echo\"}")
                            .body();
            assertEquals(500, run.path("received").asInt(), run.toString());
        } finally {
            socat.descendants().forEach(ProcessHandle::destroy);
            socat.destroy();
        }
    }

    @Test
    void ncTakesADatagramBack() throws Exception {
        String port = Integer.toString(rack.start("{\"protocol\": \"udp\"}"));
        assertEquals(
                "hola udp",
                Tool.run("hola udp".getBytes(UTF_8), "nc", "-u", "-w1", "127.0.0.1", port));
    }

    /// In a program of its own, whose words can be looked through.
    @Test
    void nmapFindsOutWhatItCanAndDoesNoHarm() throws Exception {
        Tool.require("nmap");
        try (Child child = Child.of(folder)) {
            List<String> ports =
                    List.of(
                            port(child, "{\"name\": \"echo\"}"),
                            port(
                                    child,
                                    "{\"name\": \"daytime\", \"behavior\": {\"type\": \"daytime\"}}"),
                            port(
                                    child,
                                    "{\"name\": \"chargen\", \"behavior\": {\"type\": \"chargen\"}}"),
                            port(
                                    child,
                                    """
                                    {"name": "http", "framing": {"type": "delimiter", "delimiter": {"hex": "0d0a0d0a"}},
                                     "behavior": {"type": "rules", "otherwise": "close", "rules": [
                                      {"when": {"startsWith": {"text": "GET "}},
                                       "reply": {"text": "HTTP/1.0 200 OK\\r\\nServer: rules\\r\\nContent-Length: 0\\r\\n\\r\\n"}}]}}
                                    """));
            String told =
                    Tool.run(
                            new byte[0],
                            "nmap",
                            "-sV",
                            "--version-intensity",
                            "1",
                            "-Pn",
                            "-n",
                            "-T4",
                            "--host-timeout",
                            "60s",
                            "-p",
                            String.join(",", ports),
                            "127.0.0.1");
            for (String port : ports) {
                assertTrue(told.contains(port + "/tcp open"), told);
            }
            for (String name : List.of("echo", "http")) {
                JsonNode probe =
                        child.call(
                                "POST",
                                "/api/v1/probe",
                                "{\"target\": {\"server\": \"%s\"}, \"framing\": {\"type\": \"raw\"}, \"payload\": {\"text\": \"GET / HTTP/1.0\\r\\n\\r\\n\"}}"
                                        .formatted(name));
                assertEquals("answered", probe.path("outcome").asText(), probe.toString());
            }
            Running.eventually(
                    () -> child.get("/servers").findValuesAsText("connections"),
                    open -> open.stream().allMatch("0"::equals));
            String words = Files.readString(folder.resolve("errors.txt"));
            assertFalse(words.contains("ERROR") || words.contains("WARN"), words);
        }
    }

    private static String port(Child child, String spec) {
        return Integer.toString(child.start(spec));
    }

    private static byte[] digest(InputStream from) throws IOException {
        MessageDigest digest = digest();
        from.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
