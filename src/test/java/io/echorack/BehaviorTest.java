package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every behavior, from a plain client, byte for byte.
class BehaviorTest extends OneProgram {
    private static final String RULES =
            """
            {"type": "rules", "rules": [
              {"when": {"equals": {"text": "hi"}}, "reply": {"text": "first"}},
              {"when": {"startsWith": {"text": "h"}}, "reply": {"hex": "00ff"}},
              {"when": {"contains": {"hex": "2a"}}, "reply": {"text": "star"}},
              {"when": {"regex": "^[0-9]+$"}, "reply": {"text": "number"}}], "otherwise": "%s"}\
            """;

    /// What goes in and what comes out, in hex; `\\n` is 0a, and a length prefix of two bytes stands before its content.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "echo"}      | {"type": "raw"}       | 61620a63        | 61620a63
                    {"type": "echo"}      | {"type": "delimiter"} | 61620a63        | 61620a
                    {"type": "uppercase"} | {"type": "raw"}       | 617ac3a47b      | 415ac3a47b
                    {"type": "uppercase"} | {"type": "lengthPrefix", "lengthBytes": 2} | 00026162 | 00024142
                    {"type": "reverse"}   | {"type": "raw"}       | 010203          | 030201
                    {"type": "reverse"}   | {"type": "delimiter"} | 6162630a78790a  | 6362610a79780a
                    {"type": "reverse"}   | {"type": "lengthPrefix", "lengthBytes": 2} | 0003616263 | 0003636261
                    {"type": "reverse"}   | {"type": "fixed", "frameBytes": 2} | 61626364 | 62616463
                    {"type": "discard"}   | {"type": "delimiter"} | 6162630a        |
                    {"type": "reply", "payload": {"text": "no"}} | {"type": "delimiter"} | 610a620a | 6e6f6e6f
                    {"type": "reply", "payload": {"hex": "00"}}  | {"type": "lengthPrefix", "lengthBytes": 1} | 0161 | 00
                    {"type": "echo", "banner": {"text": "hey "}} | {"type": "raw"}  | 61 | 68657920 61
                    {"type": "discard", "banner": {"hex": "00"}} | {"type": "raw"}  | 61 | 00
                    """)
    void overTcp(String behavior, String framing, String in, String out) throws IOException {
        int port = rack.start("{\"behavior\": %s, \"framing\": %s}".formatted(behavior, framing));
        assertArrayEquals(hex(out), tcp(port, hex(in)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "echo"}      | 61620a | 61620a
                    {"type": "uppercase"} | 617ac3 | 415ac3
                    {"type": "reverse"}   | 010203 | 030201
                    {"type": "reverse"}   |        |
                    {"type": "reply", "payload": {"text": "no"}} | 61 | 6e6f
                    {"type": "echoPlus"}  | 00000000000000000000000000000000000000 | 00000000000000000000000000000000000000
                    """)
    void overUdp(String behavior, String in, String out) throws IOException {
        int port = rack.start("{\"protocol\": \"udp\", \"behavior\": %s}".formatted(behavior));
        assertArrayEquals(hex(out), udp(port, hex(in)));
    }

    @Test
    void theFirstRuleThatIsMetAnswers() throws IOException {
        for (String protocol : new String[] {"tcp", "udp"}) {
            String framing =
                    protocol.equals("tcp") ? ", \"framing\": {\"type\": \"delimiter\"}" : "";
            int port =
                    rack.start(
                            "{\"protocol\": \"%s\", \"behavior\": %s%s}"
                                    .formatted(protocol, RULES.formatted("echo"), framing));
            String end = protocol.equals("tcp") ? "\n" : "";
            String[][] pairs = {
                {"hi", "first"},
                {"hi ", "\0ÿ"},
                {"a*b", "star"},
                {"042", "number"},
                {"4x", "4x" + end}
            };
            for (String[] pair : pairs) {
                byte[] in = (pair[0] + end).getBytes(ISO_8859_1);
                byte[] out = protocol.equals("tcp") ? tcp(port, in) : udp(port, in);
                assertEquals(pair[1], new String(out, ISO_8859_1), protocol + " " + pair[0]);
            }
        }
    }

    @Test
    void rulesCanEndTheConnectionBehindWhatWasAnswered() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"ends\", \"framing\": {\"type\": \"delimiter\"}, \"behavior\": %s}"
                                .formatted(RULES.formatted("close")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hi\nhi\nend\nhi\n".getBytes(US_ASCII));
            assertEquals("firstfirst", text(client.getInputStream()));
        }
        JsonNode closed = rack.events("server:ends kind:connectionClosed", 1).get(0);
        assertEquals("server", closed.path("closedBy").asText());
        assertEquals("fin", closed.path("closeKind").asText());
        assertEquals(3, rack.counter("ends", "messagesIn"));
    }

    @Test
    void daytimeTimeAndQotdSayOneThingAndEnd() throws IOException {
        Instant before = Instant.now();
        for (String protocol : new String[] {"tcp", "udp"}) {
            String said = one(protocol, "daytime");
            assertTrue(
                    said.matches(
                            "[A-Z][a-z]+day, [A-Z][a-z]+ \\d{1,2}, \\d{4} \\d\\d:\\d\\d:\\d\\d-\\S+\r\n"),
                    said);
            assertTrue(
                    said.contains(" " + LocalDate.now(ZoneId.systemDefault()).getYear() + " "),
                    said);
            byte[] time = one(protocol, "time").getBytes(ISO_8859_1);
            assertEquals(4, time.length);
            long seconds = Integer.toUnsignedLong(ByteBuffer.wrap(time).getInt());
            // RFC 868's own example: 1 January 1970 is 2,208,988,800.
            long since1970 = seconds - 2_208_988_800L;
            assertTrue(
                    since1970 >= before.getEpochSecond()
                            && since1970 <= Instant.now().getEpochSecond(),
                    "" + since1970);
            String quote = one(protocol, "qotd");
            assertTrue(quote.length() <= 512 && quote.endsWith("\r\n"), quote);
            assertEquals(quote, one(protocol, "qotd"));
        }
    }

    @Test
    void charactersGoOnForAsLongAsTheClientTakesThem() throws IOException {
        int port = rack.start("{\"name\": \"chargen\", \"behavior\": {\"type\": \"chargen\"}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("is thrown away".getBytes(US_ASCII));
            byte[] lines = client.getInputStream().readNBytes(74 * 96 * 20);
            String first = new String(lines, 0, 74, US_ASCII);
            assertTrue(first.startsWith(" !\"#$%&'()*+,-./0123456789:;<=>?@ABC"), first);
            assertTrue(first.endsWith("fg\r\n"), first);
            for (int line = 0; line < 96 * 20; line++) {
                for (int column = 0; column < 72; column++) {
                    assertEquals(' ' + (line + column) % 95, lines[line * 74 + column]);
                }
            }
            client.shutdownOutput();
            // What was on its way comes to an end, and then the connection.
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
        rack.events("server:chargen kind:connectionClosed", 1);
        int udp =
                rack.start(
                        "{\"protocol\": \"udp\", \"behavior\": {\"type\": \"chargen\"}, \"name\": \"chargen-udp\"}");
        for (int i = 0; i < 50; i++) {
            byte[] characters = udp(udp, new byte[] {1});
            assertTrue(characters.length <= 512);
            String all = new String(characters, US_ASCII);
            assertTrue(
                    all.isEmpty()
                            || first72().startsWith(all.substring(0, Math.min(72, all.length()))),
                    all);
        }
    }

    @Test
    void infoSaysWhatTheServerSaw() throws IOException {
        int port =
                rack.start(
                        """
                        {"behavior": {"type": "info"}, "framing": {"type": "lengthPrefix", "lengthBytes": 2}}
                        """);
        try (Socket client = rack.connect(port)) {
            client.setTcpNoDelay(true);
            client.getOutputStream().write(hex("0001ff 0002"));
            InputStream in = client.getInputStream();
            JsonNode first = info(in);
            assertEquals("127.0.0.1:" + client.getLocalPort(), first.path("peer").asText());
            assertEquals("127.0.0.1:" + port, first.path("local").asText());
            assertEquals(1, first.path("length").asInt());
            assertEquals(1, first.path("frame").asInt());
            client.getOutputStream().write(hex("0102"));
            JsonNode second = info(in);
            assertEquals(2, second.path("frame").asInt());
            assertEquals(1, second.path("firstRead").asInt());
            assertEquals(2, second.path("lastRead").asInt());
            assertTrue(second.has("tls") && second.path("tls").isNull());
        }
        int udp = rack.start("{\"protocol\": \"udp\", \"behavior\": {\"type\": \"info\"}}");
        JsonNode saw = Running.tree(new String(udp(udp, new byte[3]), US_ASCII));
        assertEquals(3, saw.path("length").asInt(), saw.toString());
    }

    @Test
    void echoPlusCountsAndTellsTheTimes() throws IOException {
        int port = rack.start("{\"protocol\": \"udp\", \"behavior\": {\"type\": \"echoPlus\"}}");
        long last = 0;
        for (int n = 1; n <= 3; n++) {
            ByteBuffer packet = ByteBuffer.allocate(24).putInt(0, 0xcafe).putInt(20, 7);
            ByteBuffer answer = ByteBuffer.wrap(udp(port, packet.array()));
            assertEquals(24, answer.remaining());
            assertEquals(0xcafe, answer.getInt());
            assertEquals(n, answer.getInt());
            long received = Integer.toUnsignedLong(answer.getInt());
            long replied = Integer.toUnsignedLong(answer.getInt());
            assertEquals(0, answer.getInt());
            assertEquals(7, answer.getInt());
            assertTrue(replied - received < 1_000_000 && received != last);
            last = received;
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedByItsField() {
        refused(
                "/behavior/banner",
                "{\"protocol\": \"udp\", \"behavior\": {\"type\": \"echo\", \"banner\": {\"text\": \"x\"}}}");
        refused("/behavior/type", "{\"behavior\": {\"type\": \"echoPlus\"}}");
        refused(
                "/behavior/otherwise",
                "{\"protocol\": \"udp\", \"behavior\": %s}".formatted(RULES.formatted("close")));
        refused(
                "/behavior/rules/0/when/regex /behavior/rules/1/reply /behavior/rules/1/when",
                """
                {"behavior": {"type": "rules", "rules": [
                  {"when": {"regex": "("}, "reply": {"text": ""}}, {"when": {"equals": {"text": ""}, "regex": "a"}}]}}
                """);
        refused("/behavior/rules", "{\"behavior\": {\"type\": \"rules\"}}");
        refused("/behavior/rules", "{\"behavior\": {\"type\": \"rules\", \"rules\": []}}");
        for (String endless :
                new String[] {"(?:(?:a{1000}){1000}){1000}", "((a{100}){100}){100}"}) {
            refused(
                    "/behavior/rules/0/when/regex",
                    "{\"behavior\": {\"type\": \"rules\", \"rules\": [{\"when\": {\"regex\": \"%s\"}, \"reply\": {\"text\": \"\"}}]}}"
                            .formatted(endless));
        }
    }

    @Test
    void aSpecComesBackAsItWasGiven() {
        String behavior =
                """
                {"type":"rules","rules":[{"when":{"regex":"a+"},"reply":{"hex":"00"}}],"otherwise":"close","banner":{"text":"hi"}}\
                """;
        rack.start("{\"name\": \"kept\", \"behavior\": " + behavior + "}");
        JsonNode kept = rack.get("/servers/kept").body().at("/spec/behavior");
        assertEquals(Running.tree(behavior), kept);
        rack.call("PATCH", "/servers/kept", "{\"behavior\": {\"type\": \"echo\"}}");
        assertEquals(
                Running.tree("{\"type\": \"echo\"}"),
                rack.get("/servers/kept").body().at("/spec/behavior"));
    }

    @Test
    void probesAndRunsPassOverABanner() {
        rack.start(
                "{\"name\": \"speaks\", \"behavior\": {\"type\": \"reverse\", \"banner\": {\"text\": \"220 hi\\r\\n\"}}}");
        JsonNode probe =
                rack.post(
                                "/probe",
                                "{\"target\": {\"server\": \"speaks\"}, \"payload\": {\"text\": \"abc\"}}")
                        .body();
        assertEquals("220 hi\r\ncba", probe.at("/received/text").asText(), probe.toString());
        assertTrue(probe.path("matches").asBoolean());
        JsonNode run =
                rack.post(
                                "/runs?wait=20s",
                                "{\"target\": {\"server\": \"speaks\"}, \"count\": 200, \"connections\": 2}")
                        .body();
        assertEquals(200, run.path("received").asInt(), run.toString());
        assertEquals(0, run.path("corrupted").asInt(), run.toString());
        rack.start("{\"name\": \"clock\", \"behavior\": {\"type\": \"daytime\"}}");
        JsonNode clock =
                rack.post(
                                "/probe",
                                "{\"target\": {\"server\": \"clock\"}, \"payload\": {\"text\": \"what time is it\"}}")
                        .body();
        assertEquals("answered", clock.path("outcome").asText(), clock.toString());
        assertTrue(clock.path("matches").isNull(), clock.toString());
    }

    private void refused(String pointers, String spec) {
        Running.Answer answer = rack.post("/servers", spec);
        assertEquals(422, answer.status(), answer.text());
        assertEquals(
                pointers,
                String.join(
                        " ", answer.body().findValuesAsText("pointer").stream().sorted().toList()));
    }

    private String one(String protocol, String type) throws IOException {
        int port =
                rack.start(
                        "{\"protocol\": \"%s\", \"behavior\": {\"type\": \"%s\"}}"
                                .formatted(protocol, type));
        if (protocol.equals("udp")) {
            return new String(udp(port, new byte[0]), ISO_8859_1);
        }
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("nobody reads this".getBytes(US_ASCII));
            return text(client.getInputStream());
        }
    }

    private byte[] tcp(int port, byte[] in) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(in);
            client.shutdownOutput();
            return client.getInputStream().readAllBytes();
        }
    }

    private static byte[] udp(int port, byte[] in) throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            client.send(new DatagramPacket(in, in.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
            client.receive(answer);
            return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    private static JsonNode info(InputStream in) throws IOException {
        int length = in.read() << 8 | in.read();
        String line = new String(in.readNBytes(length), US_ASCII);
        assertTrue(line.endsWith("}\n"), line);
        return Running.tree(line);
    }

    private static String first72() {
        StringBuilder line = new StringBuilder();
        for (char c = ' '; line.length() < 72; c++) {
            line.append(c);
        }
        return line.toString();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    private static byte[] hex(String hex) {
        return hex == null ? new byte[0] : HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
