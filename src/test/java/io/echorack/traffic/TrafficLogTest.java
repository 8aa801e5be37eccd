package io.echorack.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import io.echorack.model.traffic.TrafficEvent;
import io.echorack.traffic.Cursor.Reach;
import io.echorack.traffic.Cursor.Step;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficLogTest {
    private static final int SEGMENT = 256 * 1024;
    private static final Origin ORIGIN =
            Origin.of(
                    "rack",
                    7,
                    new InetSocketAddress("127.0.0.1", 5000),
                    new InetSocketAddress(InetAddress.ofLiteral("::1"), 9));

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[128 * 1024]);

    @Test
    void anEventComesOutAsItWentIn() {
        TrafficLog log = new TrafficLog(4 * SEGMENT, SEGMENT);
        byte[] payload = {0, 1, (byte) 0xff};
        append(log, EventKind.FRAME, payload, Detail.of("reason", "why é").and("count", 1L << 40));
        TrafficEvent out = new Pages(log).one(1).orElseThrow();
        assertEquals(EventKind.FRAME, out.kind());
        assertEquals(Direction.IN, out.direction());
        assertEquals("rack", out.origin().server());
        assertEquals(7, out.origin().connection());
        assertEquals(new InetSocketAddress("127.0.0.1", 5000), out.origin().peer());
        assertEquals(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9), out.origin().local());
        assertEquals(1000, out.length());
        assertEquals(11, out.offset());
        assertEquals(2, out.firstRead());
        assertEquals(3, out.lastRead());
        assertEquals(java.util.Map.of("reason", "why é", "count", 1L << 40), out.detail());
        assertArrayEquals(payload, out.payload());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theBoundHoldsAndWhatIsHeldIsWholeAndInOrder(long seed) {
        Random random = new Random(seed);
        TrafficLog log = new TrafficLog(4 * SEGMENT, SEGMENT);
        long last = 0;
        for (int round = 0; round < 200; round++) {
            int batch = 1 + random.nextInt(40);
            for (int i = 0; i < batch; i++) {
                last++;
                append(
                        log,
                        EventKind.READ,
                        numbered(last, random.nextInt(5) == 0 ? 60_000 : random.nextInt(300)));
            }
            log.publish();
            assertTrue(log.bytes() <= log.capacityBytes());
            assertEquals(last, log.latestSeq());
            long oldest = log.oldestSeq();
            List<TrafficEvent> held = new ArrayList<>();
            Step step =
                    new Cursor(log, oldest - 1)
                            .step(Filter.ALL, Reach.everything(16), last, held::add);
            assertEquals(0, step.unread(), "seed " + seed);
            assertEquals(last - oldest + 1, held.size(), "seed " + seed);
            for (int i = 0; i < held.size(); i++) {
                assertEquals(oldest + i, held.get(i).seq());
                assertEquals(oldest + i, number(held.get(i)));
            }
        }
        assertTrue(log.oldestSeq() > 1, "nothing was dropped");
    }

    @Test
    void aStalledFilteredViewerCanAccountForEverySeq() {
        TrafficLog log = new TrafficLog(4 * SEGMENT, SEGMENT);
        Cursor viewer = new Cursor(log, 0);
        Filter frames = Filter.of("kind:frame");
        AtomicLong handedOver = new AtomicLong();
        long looked = 0;
        long skipped = 0;
        long unread = 0;
        long written = 0;
        long position = 0;
        for (int turn = 0; turn < 30; turn++) {
            // It stands still for most turns, and the log drops what it did not read.
            for (int i = 0; i < 1_000; i++) {
                written++;
                append(
                        log,
                        written % 3 == 0 ? EventKind.FRAME : EventKind.READ,
                        numbered(written, 100));
            }
            log.publish();
            if (turn % 5 == 4) {
                Step step =
                        viewer.step(
                                frames,
                                new Reach(2_000, 1_500, 400, 300, 16, Long.MAX_VALUE),
                                Long.MAX_VALUE,
                                _ -> handedOver.incrementAndGet());
                assertEquals(position + 1, step.from());
                assertEquals(step.to() - step.from() + 1, step.looked() + step.unread());
                looked += step.looked();
                skipped += step.skipped();
                unread += step.unread();
                position = step.to();
                assertEquals(position, viewer.position());
            }
        }
        assertTrue(log.oldestSeq() > 1, "nothing was dropped");
        assertTrue(unread > 0 && skipped > 0 && handedOver.get() > 0);
        assertEquals(position, looked + unread);
        long matching = handedOver.get() + skipped;
        assertTrue(Math.abs(matching - looked / 3) <= 30, matching + " of " + looked);
    }

    @Test
    void forgettingEmptiesTheLogAndTheNumbersGoOn() {
        TrafficLog log = new TrafficLog(4 * SEGMENT, SEGMENT);
        append(log, EventKind.READ, numbered(1, 10));
        log.publish();
        log.forget();
        assertEquals(2, log.oldestSeq());
        assertEquals(1, log.latestSeq());
        assertEquals(0, log.bytes());
        append(log, EventKind.READ, numbered(2, 10));
        log.publish();
        assertEquals(
                List.of(2L), seqs(new Pages(log).after(Filter.ALL, 0, Long.MAX_VALUE, 10, 16)));
    }

    @Test
    void aPageIsNeverEmptyWhileSomethingMatches() {
        TrafficLog log = new TrafficLog(4 * SEGMENT, SEGMENT);
        for (int i = 1; i <= 3_000; i++) {
            append(log, i % 1_000 == 0 ? EventKind.FRAME : EventKind.READ, numbered(i, 10));
        }
        log.publish();
        Pages pages = new Pages(log);
        Filter frames = Filter.of("kind:frame");
        Pages.Page first = pages.after(frames, 0, Long.MAX_VALUE, 2, 16);
        assertEquals(List.of(1_000L, 2_000L), seqs(first));
        assertEquals(
                List.of(3_000L), seqs(pages.after(frames, first.next(), Long.MAX_VALUE, 2, 16)));
        assertEquals(List.of(1_000L, 2_000L), seqs(pages.before(frames, 3_000, 2, 16)));
        assertEquals(List.of(2_999L, 3_000L), seqs(pages.before(Filter.ALL, 3_001, 2, 16)));
    }

    /// Readers copy while the writer goes round and round under them: what they get is whole, or counted as unread.
    @Test
    void readersNeverSeeATornEvent() throws InterruptedException {
        TrafficLog log = new TrafficLog(3 * SEGMENT, SEGMENT);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        AtomicLong read = new AtomicLong();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Cursor cursor = new Cursor(log, 0);
            readers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                long position = 0;
                                while (!done.get()) {
                                    Step step =
                                            cursor.step(
                                                    Filter.ALL,
                                                    new Reach(
                                                            Long.MAX_VALUE,
                                                            500,
                                                            500,
                                                            500,
                                                            1_000,
                                                            Long.MAX_VALUE),
                                                    Long.MAX_VALUE,
                                                    out -> {
                                                        read.incrementAndGet();
                                                        wrong.addAndGet(isNumbered(out) ? 0 : 1);
                                                    });
                                    boolean balances =
                                            step.from() == position + 1
                                                    && step.to() - step.from() + 1
                                                            == step.looked() + step.unread();
                                    wrong.addAndGet(balances ? 0 : 1);
                                    position = step.to();
                                }
                            }));
        }
        Random random = new Random(5);
        for (long i = 1; i <= 300_000; i++) {
            append(log, EventKind.READ, numbered(i, 8 + random.nextInt(400)));
            if (i % 50 == 0) {
                log.publish();
            }
        }
        Running.until(() -> read.get() > 0);
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertEquals(0, wrong.get());
    }

    @Test
    void whatFindsItsRingFullIsCountedAndTold() {
        TrafficLog log = new TrafficLog(64 * SEGMENT, SEGMENT);
        Rings rings = new Rings(1, 1024 * 1024);
        Tap tap = rings.ofLoop(0);
        long told = 0;
        long refused = 0;
        for (int i = 0; i < 20_000; i++) {
            if (tap.tell(
                    i,
                    EventKind.READ,
                    Direction.IN,
                    ORIGIN,
                    100,
                    0,
                    0,
                    0,
                    Detail.NONE,
                    ByteBuffer.allocate(100))) {
                told++;
            } else {
                refused++;
            }
        }
        assertTrue(refused > 0, "the ring never was full");
        new Scribe(rings, log).close();
        List<TrafficEvent> all =
                new Pages(log).after(Filter.ALL, 0, Long.MAX_VALUE, 100_000, 0).events();
        List<TrafficEvent> lost = all.stream().filter(one -> one.kind() == EventKind.LOST).toList();
        assertEquals(told, all.size() - lost.size());
        assertEquals(
                refused,
                lost.stream()
                        .mapToLong(one -> (long) one.detail().getOrDefault("count", 0L))
                        .sum());
    }

    /// A flood goes round the log many times, in bursts that no ring holds: the bound holds, the oldest goes, and every
    /// number is one above the last. Each event told is seen once, and what is missing is what `lost` events say.
    @ParameterizedTest
    @ValueSource(ints = {1, 64 * 1024})
    void aFloodKeepsToTheBoundAndLosesWhatItTellsAndNoMore(int length) {
        TrafficLog log = new TrafficLog(16 * SEGMENT, SEGMENT);
        Rings rings = new Rings(1, 1024 * 1024);
        Flood flood = new Flood(log);
        long tried = 0;
        long told = 0;
        try (Scribe scribe = new Scribe(rings, log)) {
            ByteBuffer payload = ByteBuffer.allocate(length);
            int burst = 2 * 1024 * 1024 / (EventView.HEAD + length);
            while (log.oldestSeq() < 3L * burst) {
                for (int i = 0; i < burst; i++) {
                    tried++;
                    told += tell(rings.ofLoop(0), tried, length, payload) ? 1 : 0;
                }
                long most = tried;
                Running.until(() -> flood.readOn().accounted() == most);
            }
            assertEquals(tried - told, scribe.lost());
        }
        assertEquals(told, flood.seen);
        assertEquals(tried - told, flood.lost);
    }

    private static boolean tell(Tap tap, long number, int length, ByteBuffer payload) {
        return tap.tell(
                number,
                EventKind.WRITE,
                Direction.OUT,
                ORIGIN,
                length,
                number,
                0,
                0,
                Detail.NONE,
                payload);
    }

    /// Reads a flood as it goes by.
    private static final class Flood {
        private final TrafficLog log;
        private final Cursor cursor;
        private long seen;
        private long lost;
        private long seq;
        private long number;
        private long oldest;

        Flood(TrafficLog log) {
            this.log = log;
            cursor = new Cursor(log, 0);
        }

        Flood readOn() {
            assertTrue(log.bytes() <= log.capacityBytes());
            assertTrue(log.oldestSeq() >= oldest);
            oldest = log.oldestSeq();
            Step step = cursor.step(Filter.ALL, Reach.everything(0), Long.MAX_VALUE, this::take);
            assertEquals(0, step.unread());
            return this;
        }

        long accounted() {
            return seen + lost;
        }

        private void take(TrafficEvent event) {
            assertEquals(seq + 1, event.seq());
            seq = event.seq();
            if (event.kind() == EventKind.LOST) {
                lost += (long) event.detail().getOrDefault("count", 0L);
            } else {
                seen++;
                assertTrue(event.offset() > number, "an event came twice or too late");
                number = event.offset();
            }
        }
    }

    private void append(TrafficLog log, EventKind kind, byte[] payload) {
        append(log, kind, payload, Detail.NONE);
    }

    private void append(TrafficLog log, EventKind kind, byte[] payload, Detail detail) {
        EventView.write(
                event,
                0,
                System.nanoTime(),
                kind,
                Direction.IN,
                ORIGIN,
                1000,
                11,
                2,
                3,
                detail.bytes(),
                ByteBuffer.wrap(payload));
        int size = EventView.HEAD + ORIGIN.label().length + detail.bytes().length + payload.length;
        log.append(event, 0, size, 0);
        log.publish();
    }

    /// A payload that says which event it belongs to, over and over.
    private static byte[] numbered(long number, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(8, length / 8 * 8));
        while (bytes.hasRemaining()) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    private static long number(TrafficEvent event) {
        return ByteBuffer.wrap(event.payload()).getLong();
    }

    private static boolean isNumbered(TrafficEvent event) {
        ByteBuffer bytes = ByteBuffer.wrap(event.payload());
        boolean right = event.origin().server().equals("rack");
        while (bytes.remaining() >= 8) {
            right &= bytes.getLong() == event.seq();
        }
        return right;
    }

    private static List<Long> seqs(Pages.Page page) {
        return page.events().stream().map(TrafficEvent::seq).toList();
    }

    /// A bounded wait.
    private static final class Running {
        static void until(java.util.function.BooleanSupplier done) {
            long end = System.nanoTime() + 10_000_000_000L;
            while (!done.getAsBoolean() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }
}
