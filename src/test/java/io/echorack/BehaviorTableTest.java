package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every behavior that answers from the message alone, under every framing, over both protocols, from a plain client,
/// byte for byte; what comes back is worked out here, by other means than the program's.
class BehaviorTableTest extends OneProgram {
    /// Four bytes each, so that they fit fixed frames; no line feed, no `EOM`; letters that are not ASCII stay as they are.
    private static final List<String> CONTENTS = List.of("aBc1", "\0\u007f\u00e4z", "hi  ", "zzzz");

    /// A behavior, and what it makes of a content; nothing where it is silent.
    ///
    /// @param exact whether that is sent as it is, without the framing
    record Does(String json, boolean exact, UnaryOperator<String> answer) {
        @Override
        public String toString() {
            return json;
        }
    }

    /// A framing, and what a content looks like in it.
    record Frames(String json, UnaryOperator<String> wraps) {
        @Override
        public String toString() {
            return json;
        }
    }

    private static final String RULES =
            """
            {"type": "rules", "otherwise": "discard", "rules": [{"when": {"startsWith": {"text": "hi"}}, "reply": {"text": "yes"}},
             {"when": {"regex": "^z+$"}, "reply": {"hex": "00ff"}}]}\
            """;

    static List<Does> behaviors() {
        return List.of(
                new Does("{\"type\": \"echo\"}", false, content -> content),
                new Does("{\"type\": \"uppercase\"}", false, BehaviorTableTest::capitals),
                new Does(
                        "{\"type\": \"reverse\"}",
                        false,
                        content -> new StringBuilder(content).reverse().toString()),
                new Does("{\"type\": \"discard\"}", true, _ -> ""),
                new Does(
                        "{\"type\": \"reply\", \"payload\": {\"hex\": \"0aff00\"}}",
                        true,
                        _ -> "\n\u00ff\0"),
                new Does(RULES, true, BehaviorTableTest::rules));
    }

    static List<Frames> framings() {
        List<Frames> framings = new ArrayList<>();
        framings.add(new Frames("{\"type\": \"delimiter\"}", content -> content + "\n"));
        framings.add(
                new Frames(
                        "{\"type\": \"delimiter\", \"delimiter\": {\"text\": \"EOM\"}}",
                        content -> content + "EOM"));
        framings.add(new Frames("{\"type\": \"fixed\", \"frameBytes\": 4}", content -> content));
        for (int bytes : new int[] {1, 2, 3, 4, 8}) {
            for (String order : List.of("bigEndian", "littleEndian")) {
                for (boolean includes : new boolean[] {false, true}) {
                    framings.add(
                            new Frames(
                                    """
                                    {"type": "lengthPrefix", "lengthBytes": %d, "byteOrder": "%s", "includesPrefix": %s}\
                                    """
                                            .formatted(bytes, order, includes),
                                    content -> prefix(content, bytes, order, includes) + content));
                }
            }
        }
        return framings;
    }

    static Stream<Arguments> framed() {
        return behaviors().stream()
                .flatMap(does -> framings().stream().map(frames -> Arguments.of(does, frames)));
    }

    @AfterEach
    void empty() {
        rack.post("/reset", "");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("framed")
    void everyMessageOfAStreamIsAnsweredHoweverItIsCut(Does does, Frames frames)
            throws IOException {
        int port = rack.start("{\"behavior\": %s, \"framing\": %s}".formatted(does, frames));
        StringBuilder in = new StringBuilder();
        StringBuilder out = new StringBuilder();
        for (String content : CONTENTS) {
            in.append(frames.wraps.apply(content));
            String answer = does.answer.apply(content);
            out.append(does.exact ? answer : frames.wraps.apply(answer));
        }
        assertEquals(hex(out.toString()), tcp(port, in.toString(), in.length()));
        assertEquals(hex(out.toString()), tcp(port, in.toString(), 1));
    }

    @ParameterizedTest
    @MethodSource("behaviors")
    void aReadOfARawStreamIsAnswered(Does does) throws IOException {
        int port = rack.start("{\"behavior\": " + does + "}");
        for (String content : CONTENTS) {
            assertEquals(hex(does.answer.apply(content)), tcp(port, content, content.length()));
        }
    }

    @ParameterizedTest
    @MethodSource("behaviors")
    void aDatagramIsAnswered(Does does) throws IOException {
        int port =
                rack.start("{\"name\": \"u\", \"protocol\": \"udp\", \"behavior\": " + does + "}");
        int answers = 0;
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            for (String content : CONTENTS) {
                byte[] bytes = content.getBytes(ISO_8859_1);
                client.send(
                        new DatagramPacket(
                                bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
                String answer = does.answer.apply(content);
                if (!answer.isEmpty()) {
                    DatagramPacket came = new DatagramPacket(new byte[64], 64);
                    client.receive(came);
                    answers++;
                    assertEquals(
                            hex(answer),
                            HexFormat.of().formatHex(came.getData(), 0, came.getLength()));
                }
            }
        }
        Running.eventually(() -> rack.counter("u", "messagesIn"), came -> came == CONTENTS.size());
        assertEquals(answers, rack.counter("u", "messagesOut"));
    }

    private String tcp(int port, String in, int piece) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.setTcpNoDelay(true);
            byte[] bytes = in.getBytes(ISO_8859_1);
            for (int at = 0; at < bytes.length; at += piece) {
                client.getOutputStream().write(bytes, at, piece);
            }
            client.shutdownOutput();
            return HexFormat.of().formatHex(client.getInputStream().readAllBytes());
        }
    }

    private static String rules(String content) {
        if (content.startsWith("hi")) {
            return "yes";
        }
        return content.matches("z+") ? "\0\u00ff" : "";
    }

    private static String capitals(String content) {
        StringBuilder capitals = new StringBuilder();
        content.chars()
                .map(c -> c >= 'a' && c <= 'z' ? c - 32 : c)
                .forEach(c -> capitals.append((char) c));
        return capitals.toString();
    }

    private static String prefix(String content, int bytes, String order, boolean includes) {
        int length = content.length() + (includes ? bytes : 0);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            int shift = 8 * (order.equals("bigEndian") ? bytes - 1 - i : i);
            prefix.append((char) (shift < 32 ? length >> shift & 0xff : 0));
        }
        return prefix.toString();
    }

    private static String hex(String bytes) {
        return HexFormat.of().formatHex(bytes.getBytes(ISO_8859_1));
    }
}
