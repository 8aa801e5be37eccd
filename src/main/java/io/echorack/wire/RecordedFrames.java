package io.echorack.wire;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.Recording;
import io.echorack.model.engine.Reframer;
import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts recorded bytes with the cutters that servers use.
public final class RecordedFrames implements Reframer {
    @Override
    public Reframed reframe(Recording recording, Framing framing, long fromOffset, int limit) {
        Cutting cutting = new Cutting(recording, fromOffset, limit);
        FrameCutter cutter = FrameCutter.of(framing);
        @Nullable Close error =
                cutter.takesAll() ? cutting.readByRead() : cutting.cut(cutter, framing.bound());
        return cutting.outcome(error);
    }

    /// One way through the bytes.
    ///
    /// Thread: its caller's.
    private static final class Cutting {
        private final Recording recording;
        private final long fromOffset;
        private final int limit;
        private final List<Frame> frames = new ArrayList<>();
        private @Nullable Long next;
        private long count;
        private long offset;
        private int read;

        Cutting(Recording recording, long fromOffset, int limit) {
            this.recording = recording;
            this.fromOffset = fromOffset;
            this.limit = limit;
        }

        @Nullable Close readByRead() {
            for (long end : recording.readEnds()) {
                frame((int) (end - offset));
            }
            return null;
        }

        @Nullable Close cut(FrameCutter cutter, int bound) {
            ByteBuf stream = Unpooled.wrappedBuffer(recording.bytes());
            try {
                @Nullable ByteBuf message = cutter.cut(stream);
                while (message != null) {
                    frame(message.readableBytes());
                    message.release();
                    message = cutter.cut(stream);
                }
                return null;
            } catch (TooLongFrameException tooLong) {
                String detail = "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound);
                return new Close(CloseKind.FRAME_TOO_LONG, detail, offset);
            } catch (CorruptedFrameException _) {
                return new Close(
                        CloseKind.FRAME_INVALID, "a length prefix is shorter than itself", offset);
            } finally {
                stream.release();
            }
        }

        Reframed outcome(@Nullable Close error) {
            return new Reframed(frames, count, next, recording.bytes().length - offset, error);
        }

        private void frame(int length) {
            long end = offset + length;
            long first = readOf(offset);
            long last = readOf(end - 1);
            if (offset >= fromOffset && frames.size() < limit) {
                frames.add(new Frame(offset, length, first, last));
            } else if (offset >= fromOffset && next == null) {
                next = offset;
            }
            count++;
            offset = end;
        }

        /// The read that brought that byte; none before it is asked for again.
        private long readOf(long at) {
            while (recording.readEnds()[read] <= at) {
                read++;
            }
            return read + 1L;
        }
    }
}
