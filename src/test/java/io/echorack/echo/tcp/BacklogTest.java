package io.echorack.echo.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.Recording;
import io.echorack.model.engine.Reframer;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.wire.FrameCutter;
import io.echorack.wire.RecordedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the messages, however they are cut into reads, in whatever framing: the same frames come out, and each says
/// rightly where it lies and which reads brought it. What was recorded of it, cut anew, is the same again.
class BacklogTest {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyCuttingGivesTheSameFrames(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            Framing framing = framing(random);
            List<byte[]> frames = frames(framing, random);
            byte[] stream = join(frames);
            byte[] leftover = new byte[framing instanceof Framing.Fixed ? 1 : 0];
            List<byte[]> reads = cut(join(List.of(stream, leftover)), random);
            check(
                    "seed " + seed + ", round " + round + ", " + framing,
                    framing,
                    frames,
                    reads,
                    random);
        }
    }

    /// Bytes that are no messages at all are cut by a server and from its recording alike, to where it would close.
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void anyBytesAreCutAnewAsAServerCutsThem(long seed) {
        Random random = new Random(seed);
        int closed = 0;
        for (int round = 0; round < 60; round++) {
            Framing framing = tight(random);
            byte[] stream = noise(random);
            List<byte[]> reads = cut(stream, random);
            Reframer.Reframed live = live(framing, reads);
            String what = "seed " + seed + ", round " + round + ", " + framing;
            assertEquals(live, recut(reads, framing, 0, Integer.MAX_VALUE), what);
            closed += live.error() == null ? 0 : 1;
            if (live.count() > 2) {
                Reframer.Frame third = live.frames().get(2);
                Reframer.Reframed part = recut(reads, framing, third.offset(), 1);
                assertEquals(List.of(third), part.frames(), what);
                assertEquals(live.count(), part.count(), what);
                assertEquals(
                        live.count() > 3 ? live.frames().get(3).offset() : null, part.next(), what);
            }
        }
        assertTrue(closed > 0, "no framing was ever broken");
    }

    /// What a server makes of it.
    private static Reframer.Reframed live(Framing framing, List<byte[]> reads) {
        List<Reframer.Frame> frames = new ArrayList<>();
        Backlog backlog = new Backlog();
        FrameCutter cutter = FrameCutter.of(framing);
        long total = 0;
        long end = 0;
        Reframer.@Nullable Close error = null;
        for (int i = 0; i < reads.size(); i++) {
            total += reads.get(i).length;
            if (error != null) {
                continue;
            }
            backlog.add(i + 1, ALLOCATOR.buffer().writeBytes(reads.get(i)), ALLOCATOR);
            try {
                @Nullable ByteBuf message = backlog.cut(cutter);
                while (message != null) {
                    int length = message.readableBytes();
                    message.release();
                    frames.add(
                            new Reframer.Frame(
                                    backlog.offset(),
                                    length,
                                    backlog.firstRead(),
                                    backlog.lastRead()));
                    end = backlog.offset() + length;
                    message = backlog.cut(cutter);
                }
            } catch (TooLongFrameException tooLong) {
                String why = tooLong.getMessage() + "; maxFrameBytes is " + framing.bound();
                error = new Reframer.Close(CloseKind.FRAME_TOO_LONG, why, end);
            } catch (CorruptedFrameException impossible) {
                String why = "a length prefix is shorter than itself";
                error = new Reframer.Close(CloseKind.FRAME_INVALID, why, end);
            }
        }
        backlog.release();
        return new Reframer.Reframed(frames, frames.size(), null, total - end, error);
    }

    private static Reframer.Reframed recut(
            List<byte[]> reads, Framing framing, long fromOffset, int limit) {
        long[] ends = new long[reads.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += reads.get(i).length;
            ends[i] = end;
        }
        return new RecordedFrames()
                .reframe(new Recording(join(reads), ends), framing, fromOffset, limit);
    }

    /// A framing with a bound that is soon passed.
    private static Framing tight(Random random) {
        int bound = 1 + random.nextInt(40);
        return switch (random.nextInt(5)) {
            case 0 -> new Framing.Raw();
            case 1 -> new Framing.Delimiter(null, bound);
            case 2 -> new Framing.Delimiter(Payload.text("\r\n"), bound);
            case 3 ->
                    new Framing.LengthPrefix(
                            List.of(1, 2, 3, 4, 8).get(random.nextInt(5)),
                            random.nextBoolean()
                                    ? Framing.Order.BIG_ENDIAN
                                    : Framing.Order.LITTLE_ENDIAN,
                            random.nextBoolean(),
                            bound);
            default -> new Framing.Fixed(1 + random.nextInt(bound), bound);
        };
    }

    /// Small numbers and line ends, so that now and then something is whole.
    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(300)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] =
                    switch (random.nextInt(6)) {
                        case 0 -> '\r';
                        case 1 -> '\n';
                        case 2 -> (byte) random.nextInt(16);
                        default -> 0;
                    };
        }
        return noise;
    }

    private static void check(
            String what, Framing framing, List<byte[]> frames, List<byte[]> reads, Random random) {
        long[] lastByteOf = new long[reads.size() + 1];
        Backlog backlog = new Backlog();
        FrameCutter cutter = FrameCutter.of(framing);
        List<Reframer.Frame> seen = new ArrayList<>();
        int read = 0;
        int frame = 0;
        long offset = 0;
        while (frame < frames.size() || read < reads.size()) {
            // Sometimes several reads arrive before anything is cut, as when the answers wait.
            int arriving = Math.min(reads.size() - read, 1 + random.nextInt(3));
            for (int i = 0; i < arriving; i++) {
                byte[] bytes = reads.get(read);
                read++;
                lastByteOf[read] = lastByteOf[read - 1] + bytes.length;
                backlog.add(read, ALLOCATOR.buffer().writeBytes(bytes), ALLOCATOR);
            }
            ByteBuf message = backlog.cut(cutter);
            while (message != null) {
                byte[] expected = frames.get(frame);
                byte[] actual = new byte[message.readableBytes()];
                message.readBytes(actual);
                message.release();
                assertArrayEquals(expected, actual, what);
                assertEquals(offset, backlog.offset(), what);
                assertEquals(readOf(lastByteOf, offset), backlog.firstRead(), what);
                offset += expected.length;
                assertEquals(readOf(lastByteOf, offset - 1), backlog.lastRead(), what);
                seen.add(
                        new Reframer.Frame(
                                backlog.offset(),
                                expected.length,
                                backlog.firstRead(),
                                backlog.lastRead()));
                frame++;
                message = backlog.cut(cutter);
            }
            backlog.trim();
            assertTrue(arriving > 0 || frame == frames.size(), what);
        }
        assertEquals(lastByteOf[reads.size()] - offset, backlog.size(), what);
        Reframer.Reframed again = recut(reads, framing, 0, Integer.MAX_VALUE);
        assertEquals(seen, again.frames(), what);
        assertEquals(backlog.size(), again.leftover(), what);
        assertNull(again.error(), what);
        backlog.release();
    }

    /// Which read, counted from 1, brought the byte at that offset.
    private static long readOf(long[] lastByteOf, long offset) {
        int read = 1;
        while (lastByteOf[read] <= offset) {
            read++;
        }
        return read;
    }

    private static Framing framing(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Framing.Delimiter(null, null);
            case 1 -> new Framing.Delimiter(Payload.text("\r\n"), null);
            case 2 ->
                    new Framing.LengthPrefix(
                            List.of(1, 2, 3, 4, 8).get(random.nextInt(5)),
                            random.nextBoolean()
                                    ? Framing.Order.BIG_ENDIAN
                                    : Framing.Order.LITTLE_ENDIAN,
                            random.nextBoolean(),
                            null);
            default -> new Framing.Fixed(2 + random.nextInt(20), null);
        };
    }

    private static List<byte[]> frames(Framing framing, Random random) {
        List<byte[]> frames = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            int length =
                    framing instanceof Framing.Fixed fixed ? fixed.length() : random.nextInt(60);
            byte[] content = new byte[length];
            for (int at = 0; at < length; at++) {
                content[at] = (byte) ('a' + random.nextInt(26));
            }
            frames.add(FrameCutter.wrap(framing, content).orElseThrow());
        }
        return frames;
    }

    private static List<byte[]> cut(byte[] stream, Random random) {
        List<byte[]> reads = new ArrayList<>();
        int most = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(200);
        int at = 0;
        while (at < stream.length) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(most));
            byte[] read = new byte[length];
            System.arraycopy(stream, at, read, 0, length);
            reads.add(read);
            at += length;
        }
        return reads;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
