package io.echorack.wire;

import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts messages from a stream: Netty's codecs, called by hand so that we know which bytes a message was made of.
///
/// Thread: one connection's loop; a cutter keeps state between calls.
public sealed interface FrameCutter {
    /// The next whole message with its framing, the caller's to release, or null where there is none yet.
    ///
    /// @throws TooLongFrameException where it is longer than the bound, whether or not all of it is here
    /// @throws CorruptedFrameException where a length prefix can't be
    @Nullable ByteBuf cut(ByteBuf in);

    /// Whether all that is there is one message, always: then it need not be cut.
    default boolean takesAll() {
        return false;
    }

    /// Bytes of framing before the content, and after it.
    default int before() {
        return 0;
    }

    default int after() {
        return 0;
    }

    static FrameCutter of(Framing framing) {
        int bound = framing.bound();
        return switch (framing) {
            case Framing.Raw _ -> new Raw();
            case Framing.Delimiter delimiter -> new Delimiter(bound, delimiter.bytes());
            case Framing.LengthPrefix prefix -> new LengthPrefix(bound, prefix);
            case Framing.Fixed fixed -> new Fixed(fixed.length());
        };
    }

    /// Puts a framing around one message's content; nothing where the framing can't carry it.
    static Optional<byte[]> wrap(Framing framing, byte[] content) {
        return switch (framing) {
            case Framing.Raw _ -> Optional.of(content);
            case Framing.Fixed fixed ->
                    content.length % fixed.length() == 0 ? Optional.of(content) : Optional.empty();
            case Framing.Delimiter delimiter ->
                    Optional.of(
                            endsWith(content, delimiter.bytes())
                                    ? content
                                    : join(content, delimiter.bytes()));
            case Framing.LengthPrefix prefix -> prefixed(prefix, content);
        };
    }

    private static Optional<byte[]> prefixed(Framing.LengthPrefix prefix, byte[] content) {
        int width = prefix.width();
        long length = content.length + (prefix.countsItself() ? width : 0L);
        if (width < Long.BYTES && length >>> (8 * width) != 0) {
            return Optional.empty();
        }
        byte[] head = new byte[width];
        for (int i = 0; i < width; i++) {
            int place = prefix.order() == Framing.Order.BIG_ENDIAN ? width - 1 - i : i;
            head[place] = (byte) (length >>> (8 * i));
        }
        return Optional.of(join(head, content));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static boolean endsWith(byte[] content, byte[] end) {
        int from = content.length - end.length;
        return from >= 0
                && java.util.Arrays.equals(content, from, content.length, end, 0, end.length);
    }

    /// Whatever is there is a message.
    final class Raw implements FrameCutter {
        @Override
        public @Nullable ByteBuf cut(ByteBuf in) {
            return in.isReadable() ? in.readRetainedSlice(in.readableBytes()) : null;
        }

        @Override
        public boolean takesAll() {
            return true;
        }
    }

    /// The delimiter stays on the message. The bound is checked on the content, since Netty's own check, made before
    /// the delimiter is whole, would count its first bytes too.
    final class Delimiter extends DelimiterBasedFrameDecoder implements FrameCutter {
        private final int bound;
        private final int delimiterBytes;

        private Delimiter(int bound, byte[] delimiter) {
            super(bound + delimiter.length - 1, false, true, Unpooled.wrappedBuffer(delimiter));
            this.bound = bound;
            delimiterBytes = delimiter.length;
        }

        @Override
        public @Nullable ByteBuf cut(ByteBuf in) {
            ByteBuf frame;
            try {
                frame = (ByteBuf) decode(null, in);
            } catch (TooLongFrameException tooLong) {
                throw new TooLongFrameException("a message is longer than its bound", tooLong);
            } catch (Exception wrong) {
                throw asDecoding(wrong);
            }
            if (frame != null && frame.readableBytes() - delimiterBytes > bound) {
                frame.release();
                throw new TooLongFrameException("a message is longer than its bound");
            }
            return frame;
        }

        @Override
        public int after() {
            return delimiterBytes;
        }
    }

    /// The prefix stays on the message.
    final class LengthPrefix extends LengthFieldBasedFrameDecoder implements FrameCutter {
        private final int width;
        private final ByteOrder order;
        private final boolean countsItself;

        private LengthPrefix(int bound, Framing.LengthPrefix prefix) {
            super(
                    prefix.order().byteOrder(),
                    bound + prefix.width(),
                    0,
                    prefix.width(),
                    prefix.countsItself() ? -prefix.width() : 0,
                    0,
                    true);
            width = prefix.width();
            order = prefix.order().byteOrder();
            countsItself = prefix.countsItself();
        }

        @Override
        public @Nullable ByteBuf cut(ByteBuf in) {
            int start = in.readerIndex();
            try {
                return (ByteBuf) decode(null, in);
            } catch (TooLongFrameException tooLong) {
                throw announced(in, start, tooLong);
            } catch (CorruptedFrameException wrong) {
                // An eight-byte length of 2^63 or more reads as negative: too long, not impossible.
                if (!countsItself) {
                    throw announced(in, start, wrong);
                }
                throw wrong;
            } catch (Exception wrong) {
                throw asDecoding(wrong);
            }
        }

        /// Netty passes over what it takes for too long; the prefix is still where it was.
        private TooLongFrameException announced(ByteBuf in, int start, Throwable cause) {
            long length = 0;
            for (int i = 0; i < width; i++) {
                int place = order == ByteOrder.BIG_ENDIAN ? i : width - 1 - i;
                length = length << Byte.SIZE | in.getUnsignedByte(start + place);
            }
            String hex = ByteBufUtil.hexDump(in, start, width);
            return new TooLongFrameException(
                    "the length prefix, "
                            + hex
                            + " in hex, announces "
                            + Long.toUnsignedString(length)
                            + " bytes",
                    cause);
        }

        @Override
        public int before() {
            return width;
        }
    }

    /// Every message as long as the other.
    final class Fixed extends FixedLengthFrameDecoder implements FrameCutter {
        private Fixed(int length) {
            super(length);
        }

        @Override
        public @Nullable ByteBuf cut(ByteBuf in) {
            try {
                return (ByteBuf) decode(null, in);
            } catch (Exception wrong) {
                throw asDecoding(wrong);
            }
        }
    }

    private static RuntimeException asDecoding(Exception wrong) {
        return wrong instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(wrong);
    }
}
