package io.echorack.echo.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the messages, however they are cut into reads, in whatever framing: the same frames come out, and each says
/// rightly where it lies and which reads brought it.
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

    private static void check(
            String what, Framing framing, List<byte[]> frames, List<byte[]> reads, Random random) {
        long[] lastByteOf = new long[reads.size() + 1];
        Backlog backlog = new Backlog();
        FrameCutter cutter = FrameCutter.of(framing);
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
                frame++;
                message = backlog.cut(cutter);
            }
            backlog.trim();
            assertTrue(arriving > 0 || frame == frames.size(), what);
        }
        assertEquals(lastByteOf[reads.size()] - offset, backlog.size(), what);
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
