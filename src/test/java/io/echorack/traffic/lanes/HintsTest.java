package io.echorack.traffic.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echorack.json.Json;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.traffic.lanes.Sample.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "\\r\\n | hola\\nadios\\n | delimiterNotSeen | The delimiter \\r\\n has not come in 11 bytes; \\n has (2×). | {\"text\":\"\\n\"}",
                "\\n    | hola\\0       | delimiterNotSeen | The delimiter \\n has not come in 5 bytes; \\0 has (1×).     | {\"hex\":\"00\"}",
                "\\0    | a\\r\\nb\\r\\n | delimiterNotSeen | The delimiter \\0 has not come in 6 bytes; \\r\\n has (2×).  | {\"text\":\"\\r\\n\"}",
                "\\r\\n | hola\\r        | | |",
                "\\n    | hola          | | |",
            })
    void anotherDelimiterCame(
            String delimiter,
            String came,
            @Nullable String code,
            @Nullable String sentence,
            @Nullable String suggested) {
        Framing framing =
                new Framing.Delimiter(new Payload(Payload.Form.HEX, hex(delimiter)), null);
        List<Hint> hints = Hints.of(waiting(0, bytes(came)), framing);
        assertEquals(code == null ? 0 : 1, hints.size());
        for (Hint hint : hints) {
            assertEquals(code, hint.code());
            assertEquals(sentence, hint.sentence());
            assertEquals(
                    "{\"type\":\"delimiter\",\"delimiter\":" + suggested + "}",
                    Json.write(hint).replaceAll(".*\"suggestion\":(.*)}", "$1"));
        }
    }

    @Test
    void aDelimiterThatNeverComesIsTold() {
        Framing lines = new Framing.Delimiter(null, null);
        assertEquals(List.of(), Hints.of(waiting(3, new byte[1_023]), lines));
        Hint hint = Hints.of(waiting(3, bytes("x".repeat(1_024))), lines).getFirst();
        assertEquals("delimiterNotSeen", hint.code());
        assertEquals("The delimiter \\n has not come in 1,024 bytes.", hint.sentence());
        assertEquals(null, hint.suggestion());
        assertEquals(7, hint.offset());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | false | 0 | 686f6c610a       | prefixIsText",
                "4 | false | 9 | 686f6c610a       | prefixIsText",
                "2 | false | 0 | 686f6c610a       | prefixIsText",
                "2 | false | 9 | 686f6c610a       |",
                "1 | false | 0 | 686f6c610a       |",
                "4 | false | 0 | 00               |",
                "4 | false | 0 | 0000000568       |",
                "4 | false | 0 | 0500000068656c6c | lengthBeyondBound",
                "4 | false | 0 | 0500000068656c6c6f | otherByteOrder",
                "4 | false | 9 | 0500000068656c6c6f | lengthBeyondBound",
                "2 | false | 0 | 030061626364       |",
                "2 | false | 0 | 0300616263         | otherByteOrder",
                "8 | false | 0 | ffffffffffffffff   | lengthBeyondBound",
                "4 | true  | 0 | 0000000361626300   | lengthBelowPrefix",
                "4 | true  | 0 | 0000000761626300   |",
            })
    void aLengthThatCanHardlyBeMeant(
            int width, boolean counted, long messages, String came, @Nullable String code) {
        Framing framing = new Framing.LengthPrefix(width, null, counted, null);
        List<Hint> hints = Hints.of(waiting(messages, HexFormat.of().parseHex(came)), framing);
        assertEquals(Stream.ofNullable(code).toList(), hints.stream().map(Hint::code).toList());
    }

    @Test
    void aLengthIsToldWithWhatItSays() {
        byte[] came = HexFormat.of().parseHex("ffffffffffffffff");
        Hint beyond =
                Hints.of(waiting(0, came), new Framing.LengthPrefix(8, null, null, 100)).getFirst();
        assertEquals(
                "The length prefix, ffffffffffffffff in hex, announces 18446744073709551615 bytes;"
                        + " maxFrameBytes is 100.",
                beyond.sentence());
        assertEquals(null, beyond.suggestion());
        Hint turned =
                Hints.of(
                                waiting(0, HexFormat.of().parseHex("0300616263")),
                                new Framing.LengthPrefix(2, null, null, null))
                        .getFirst();
        assertEquals(
                "The length prefix, 0300 in hex, announces 768 bytes; in the other byte order 3, and so many came.",
                turned.sentence());
        assertEquals(
                new Framing.LengthPrefix(2, Framing.Order.LITTLE_ENDIAN, null, null),
                turned.suggestion());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one\\n,two\\n            |",
                "one,two                  |",
                "one\\ntwo\\n             | \\n",
                "on,e\\n                  | \\n",
                "GET / HTTP/1.1\\r\\n\\r\\n | \\r\\n",
                "\\0\\n\\0\\n              |",
            })
    void linesUnderRawThatComeOtherThanOneARead(String came, @Nullable String delimiter) {
        List<Piece> reads = new ArrayList<>();
        for (String read : came.split(",", -1)) {
            reads.add(new Piece(0, bytes(read), true));
        }
        Sample sample = new Sample(reads.size(), false, 0, 0, new byte[0], reads);
        List<Hint> hints = Hints.of(sample, new Framing.Raw());
        assertEquals(
                Stream.ofNullable(delimiter)
                        .map(text ->
                                new Framing.Delimiter(
                                        Payload.text(
                                                new String(bytes(text), StandardCharsets.UTF_8)),
                                        null))
                        .toList(),
                hints.stream().map(Hint::suggestion).toList());
    }

    @Test
    void anEndWithinAMessageOfFixedLength() {
        Framing framing = new Framing.Fixed(4, null);
        assertEquals(List.of(), Hints.of(waiting(0, new byte[3]), framing));
        Hint hint = Hints.of(new Sample(2, true, 8, 3, new byte[3], List.of()), framing).getFirst();
        assertEquals("notAMultiple", hint.code());
        assertEquals("The client has ended after 3 of the 4 bytes of a message.", hint.sentence());
    }

    private static Sample waiting(long messages, byte[] head) {
        return new Sample(messages, false, 7, head.length, head, List.of());
    }

    private static byte[] bytes(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }
}
