package io.echorack.wire;

import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What frames a message that goes out: so many bytes before its content and after it; none where the message is not what
/// its framing says.
public record Envelope(int before, int after) {
    private static final Envelope NONE = new Envelope(0, 0);

    public static Envelope of(Framing framing, ByteBuf message) {
        return switch (framing) {
            case Framing.Raw _, Framing.Fixed _ -> NONE;
            case Framing.Delimiter delimiter -> ofDelimited(delimiter.bytes(), message);
            case Framing.LengthPrefix prefix -> ofPrefixed(prefix, message);
        };
    }

    private static Envelope ofDelimited(byte[] delimiter, ByteBuf message) {
        int content = message.readableBytes() - delimiter.length;
        if (content < 0) {
            return NONE;
        }
        byte[] end = new byte[delimiter.length];
        message.getBytes(message.readerIndex() + content, end);
        return Arrays.equals(end, delimiter) ? new Envelope(0, delimiter.length) : NONE;
    }

    private static Envelope ofPrefixed(Framing.LengthPrefix prefix, ByteBuf message) {
        int width = prefix.width();
        if (message.readableBytes() < width) {
            return NONE;
        }
        long announced = 0;
        for (int i = 0; i < width; i++) {
            int place = prefix.order().byteOrder() == ByteOrder.BIG_ENDIAN ? i : width - 1 - i;
            announced =
                    announced << Byte.SIZE | message.getUnsignedByte(message.readerIndex() + place);
        }
        int counted = message.readableBytes() - (prefix.countsItself() ? 0 : width);
        return announced == counted ? new Envelope(width, 0) : NONE;
    }
}
