package io.echorack.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCutterTest {
    @Test
    void aDelimiterStaysOnItsMessage() {
        ByteBuf in = utf8("one\ntwo\nth");
        FrameCutter cutter = FrameCutter.of(new Framing.Delimiter(null, null));
        assertEquals("one\n", text(cutter, in));
        assertEquals("two\n", text(cutter, in));
        assertNull(cutter.cut(in));
        assertEquals(2, in.readableBytes());
    }

    @Test
    void contentAsLongAsTheBoundPassesWithALongDelimiterInPieces() {
        FrameCutter cutter = FrameCutter.of(new Framing.Delimiter(Payload.text("\r\n"), 4));
        ByteBuf in = Unpooled.buffer().writeBytes("1234\r".getBytes(StandardCharsets.UTF_8));
        assertNull(cutter.cut(in));
        in.writeByte('\n');
        assertEquals("1234\r\n", text(cutter, in));
    }

    @Test
    void contentBeyondTheBoundIsTooLongWithItsDelimiterOrWithout() {
        Framing framing = new Framing.Delimiter(null, 4);
        assertThrows(
                TooLongFrameException.class, () -> FrameCutter.of(framing).cut(utf8("12345\n")));
        assertThrows(TooLongFrameException.class, () -> FrameCutter.of(framing).cut(utf8("12345")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, bigEndian, false, 03616263",
        "2, bigEndian, false, 0003616263",
        "2, littleEndian, false, 0300616263",
        "3, bigEndian, false, 000003616263",
        "4, bigEndian, true, 00000007616263",
        "4, littleEndian, true, 07000000616263",
        "8, bigEndian, false, 0000000000000003616263",
        "8, littleEndian, true, 0b00000000000000616263"
    })
    void aLengthPrefixIsReadAndWrittenInEveryWidthAndOrder(
            int width, String order, boolean countsItself, String wire) {
        Framing framing =
                new Framing.LengthPrefix(
                        width,
                        order.equals("bigEndian")
                                ? Framing.Order.BIG_ENDIAN
                                : Framing.Order.LITTLE_ENDIAN,
                        countsItself,
                        null);
        byte[] bytes = HexFormat.of().parseHex(wire);
        FrameCutter cutter = FrameCutter.of(framing);
        ByteBuf message = cutter.cut(Unpooled.wrappedBuffer(bytes));
        assertEquals(bytes.length, message == null ? -1 : message.readableBytes());
        assertEquals(width, cutter.before());
        assertArrayEquals(
                bytes,
                FrameCutter.wrap(framing, "abc".getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }

    @Test
    void aPrefixThatIsTooShortForTheContentWrapsNothing() {
        assertEquals(
                Optional.empty(),
                FrameCutter.wrap(new Framing.LengthPrefix(1, null, null, null), new byte[256]));
    }

    @ParameterizedTest
    @CsvSource({"4, ffffffff", "8, ffffffffffffffff", "8, 7fffffffffffffff", "4, 00010001"})
    void aGiantPrefixIsTooLongBeforeItsBytesCome(int width, String wire) {
        FrameCutter cutter = FrameCutter.of(new Framing.LengthPrefix(width, null, null, null));
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(wire));
        assertThrows(TooLongFrameException.class, () -> cutter.cut(in));
    }

    @Test
    void aLengthThatReadsAsTextIsShownForWhatItIs() {
        FrameCutter cutter = FrameCutter.of(new Framing.LengthPrefix(null, null, null, null));
        TooLongFrameException tooLong =
                assertThrows(TooLongFrameException.class, () -> cutter.cut(utf8("hola\n")));
        assertEquals(
                "the length prefix, 686f6c61 in hex, announces 1752132705 bytes",
                tooLong.getMessage());
    }

    @Test
    void aPrefixThatCountsItselfAndIsShorterIsImpossible() {
        FrameCutter cutter = FrameCutter.of(new Framing.LengthPrefix(4, null, true, null));
        ByteBuf in = Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 3, 0});
        assertThrows(CorruptedFrameException.class, () -> cutter.cut(in));
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(FrameCutter cutter, ByteBuf in) {
        ByteBuf message = cutter.cut(in);
        if (message == null) {
            throw new AssertionError("no message");
        }
        String text = message.toString(StandardCharsets.UTF_8);
        message.release();
        return text;
    }
}
