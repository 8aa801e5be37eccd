package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one message ends in a TCP stream. A message's content is bounded by `maxFrameBytes`, its delimiter or prefix not counted.
public sealed interface Framing {
    int DEFAULT_MAX_FRAME_BYTES = 65_536;

    /// Each read is a message, as it came.
    record Raw() implements Framing {}

    /// A message ends with these bytes; a line feed unless said.
    record Delimiter(@Nullable Payload delimiter, @Nullable Integer maxFrameBytes)
            implements Framing {
        private static final int LONGEST = 256;

        public Delimiter {
            int length = delimiter == null ? 1 : delimiter.bytes().length;
            check(maxFrameBytes)
                    .that(
                            length >= 1 && length <= LONGEST,
                            "/delimiter",
                            "must be from 1 to %d bytes long, was %d".formatted(LONGEST, length))
                    .done();
        }

        public byte[] bytes() {
            return delimiter == null ? new byte[] {'\n'} : delimiter.bytes();
        }
    }

    /// A message begins with the length of what follows, as an unsigned integer.
    record LengthPrefix(
            @Nullable Integer lengthBytes,
            @Nullable Order byteOrder,
            @Nullable Boolean includesPrefix,
            @Nullable Integer maxFrameBytes)
            implements Framing {
        private static final Set<Integer> WIDTHS = Set.of(1, 2, 3, 4, 8);

        public LengthPrefix {
            check(maxFrameBytes)
                    .that(
                            lengthBytes == null || WIDTHS.contains(lengthBytes),
                            "/lengthBytes",
                            "must be 1, 2, 3, 4 or 8, was %d".formatted(lengthBytes))
                    .done();
        }

        public int width() {
            return lengthBytes == null ? 4 : lengthBytes;
        }

        public Order order() {
            return byteOrder == null ? Order.BIG_ENDIAN : byteOrder;
        }

        public boolean countsItself() {
            return includesPrefix != null && includesPrefix;
        }
    }

    /// Every message has the same length; 256 bytes unless said.
    record Fixed(@Nullable Integer frameBytes, @Nullable Integer maxFrameBytes) implements Framing {
        public Fixed {
            int bound = maxFrameBytes == null ? DEFAULT_MAX_FRAME_BYTES : maxFrameBytes;
            check(maxFrameBytes).range("/frameBytes", frameBytes, 1, Math.max(1, bound)).done();
        }

        public int length() {
            return frameBytes == null ? 256 : frameBytes;
        }
    }

    /// The order of a length's bytes; network order is big endian (RFC 1700).
    enum Order {
        BIG_ENDIAN("bigEndian", ByteOrder.BIG_ENDIAN),
        LITTLE_ENDIAN("littleEndian", ByteOrder.LITTLE_ENDIAN);

        private final String text;
        private final ByteOrder order;

        Order(String text, ByteOrder order) {
            this.text = text;
            this.order = order;
        }

        public String text() {
            return text;
        }

        public ByteOrder byteOrder() {
            return order;
        }
    }

    /// The longest content of one message, in bytes.
    default int bound() {
        Integer asked =
                switch (this) {
                    case Raw _ -> null;
                    case Delimiter framing -> framing.maxFrameBytes();
                    case LengthPrefix framing -> framing.maxFrameBytes();
                    case Fixed framing -> framing.maxFrameBytes();
                };
        return asked == null ? DEFAULT_MAX_FRAME_BYTES : asked;
    }

    private static Check check(@Nullable Integer maxFrameBytes) {
        return new Check().range("/maxFrameBytes", maxFrameBytes, 1, Ceilings.FRAME_BYTES);
    }
}
