package io.echorack.client;

import io.echorack.model.Problem;
import io.echorack.model.run.ProbeReport.Difference;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.RuleBook;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
/// @param foretold whether that can be said at all
record Expected(byte[] sent, int messages, byte[] answer, boolean foretold) {
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
        ByteBuf answer = Unpooled.buffer().writeBytes(behavior.opening());
        int messages = 0;
        try {
            for (@Nullable ByteBuf message = cutter.cut(in);
                    message != null;
                    message = cutter.cut(in)) {
                messages++;
                answer.writeBytes(answerTo(message, cutter, behavior.core()));
                message.release();
            }
        } catch (DecoderException notAMessage) {
            // Raw bytes that the framing can't cut: whatever comes back is told, nothing is
            // expected.
            messages = 0;
        }
        byte[] bytes = new byte[answer.readableBytes()];
        answer.readBytes(bytes);
        return new Expected(sent, messages, bytes, behavior.foretells());
    }

    private static byte[] answerTo(ByteBuf message, FrameCutter cutter, Behavior behavior) {
        byte[] bytes = ByteBufUtil.getBytes(message);
        int from = cutter.before();
        int to = bytes.length - cutter.after();
        return switch (behavior) {
            case Behavior.Echo _ -> bytes;
            case Behavior.Uppercase _ -> uppercase(bytes, from, to);
            case Behavior.Reverse _ -> reverse(bytes, from, to);
            case Behavior.Reply reply -> reply.bytes();
            case Behavior.Rules rules ->
                    new RuleBook(rules)
                            .replyTo(Arrays.copyOfRange(bytes, from, to))
                            .orElse(
                                    rules.elsewhere() == Behavior.Otherwise.ECHO
                                            ? bytes
                                            : new byte[0]);
            case Behavior.Discard _,
                    Behavior.Chargen _,
                    Behavior.Daytime _,
                    Behavior.Time _,
                    Behavior.Qotd _,
                    Behavior.Info _,
                    Behavior.EchoPlus _,
                    Behavior.Greeting _ ->
                    new byte[0];
        };
    }

    private static byte[] uppercase(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                bytes[i] = (byte) (bytes[i] - ('a' - 'A'));
            }
        }
        return bytes;
    }

    private static byte[] reverse(byte[] bytes, int from, int to) {
        byte[] reversed = bytes.clone();
        for (int i = from; i < to; i++) {
            reversed[i] = bytes[from + to - 1 - i];
        }
        return reversed;
    }

    private static int byteAt(byte[] bytes, int index) {
        return index < bytes.length ? Byte.toUnsignedInt(bytes[index]) : -1;
    }
}
