package io.echorack.client;

import io.echorack.model.Problem;
import io.echorack.model.run.ProbeReport.Difference;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What goes out for a message, and what should come back for it.
///
/// @param sent the message with its framing
/// @param messages how many messages that is
/// @param answer the bytes that should come back
record Expected(byte[] sent, int messages, byte[] answer) {
    static Expected of(byte[] content, Framing framing, Behavior behavior) {
        byte[] sent =
                FrameCutter.wrap(framing, content)
                        .orElseThrow(() ->
                                Problem.invalid(
                                        List.of(
                                                new Problem.Field(
                                                        "/payload",
                                                        "does not fit the framing: "
                                                                + unfit(framing, content)))));
        return answering(sent, framing, behavior);
    }

    /// The first byte that is not as expected.
    Optional<Difference> difference(byte[] received) {
        int at = Arrays.mismatch(answer, received);
        return at < 0
                ? Optional.empty()
                : Optional.of(new Difference(at, byteAt(answer, at), byteAt(received, at)));
    }

    private static String unfit(Framing framing, byte[] content) {
        return framing instanceof Framing.Fixed fixed
                ? "a message has %,d bytes, this is %,d".formatted(fixed.length(), content.length)
                : "its length prefix can't count %,d bytes".formatted(content.length);
    }

    private static Expected answering(byte[] sent, Framing framing, Behavior behavior) {
        FrameCutter cutter = FrameCutter.of(framing);
        ByteBuf in = Unpooled.wrappedBuffer(sent);
        ByteBuf answer = Unpooled.buffer();
        int messages = 0;
        try {
            for (@Nullable ByteBuf message = cutter.cut(in);
                    message != null;
                    message = cutter.cut(in)) {
                messages++;
                answer.writeBytes(answerTo(message, cutter, behavior));
                message.release();
            }
        } catch (DecoderException notAMessage) {
            // Raw bytes that the framing can't cut: whatever comes back is told, nothing is
            // expected.
            messages = 0;
        }
        byte[] bytes = new byte[answer.readableBytes()];
        answer.readBytes(bytes);
        return new Expected(sent, messages, bytes);
    }

    private static byte[] answerTo(ByteBuf message, FrameCutter cutter, Behavior behavior) {
        byte[] bytes = new byte[message.readableBytes()];
        message.getBytes(message.readerIndex(), bytes);
        return switch (behavior) {
            case Behavior.Echo _ -> bytes;
            case Behavior.Discard _ -> new byte[0];
            case Behavior.Reply reply -> reply.bytes();
            case Behavior.Uppercase _ -> {
                for (int i = cutter.before(); i < bytes.length - cutter.after(); i++) {
                    if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                        bytes[i] = (byte) (bytes[i] - ('a' - 'A'));
                    }
                }
                yield bytes;
            }
        };
    }

    private static int byteAt(byte[] bytes, int index) {
        return index < bytes.length ? Byte.toUnsignedInt(bytes[index]) : -1;
    }
}
