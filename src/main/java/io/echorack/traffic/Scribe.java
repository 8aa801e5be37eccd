package io.echorack.traffic;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the rings into the log on a tick, so that it works in batches and costs next to nothing when nothing happens. A
/// ring that fills faster than the tick wakes it; after a quiet second it dozes until the next event.
///
/// Thread: its own, named `scribe`, the log's only writer. It never waits for a reader and touches no disk.
public final class Scribe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// Turns without an event after which it dozes, and for how long at most.
    private static final int QUIET_TURNS = 100;

    private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Events taken from one ring before the others have their turn.
    private static final int BATCH = 16 * 1024;

    /// How long a reader waits for it to catch up at most, and how often it looks.
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /// How far the wall clock may be from what we reckon before we follow it.
    private static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Ring> rings;
    private final TrafficLog log;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long lost;
    private volatile long busyNanos;
    private volatile long turns;
    private final MessageHandler appending =
            (_, buffer, index, length) -> append(buffer, index, length);
    private long wallOffset;

    public Scribe(Rings rings, TrafficLog log) {
        this.rings = rings.all();
        this.log = log;
        thread = Thread.ofPlatform().name("scribe").daemon().unstarted(this::run);
        this.rings.forEach(ring -> ring.wakes(thread));
        thread.start();
    }

    /// Events that found their ring full, of all rings.
    public long lost() {
        return lost;
    }

    private long turns() {
        return turns;
    }

    /// Time spent at work.
    public long busyNanos() {
        return busyNanos;
    }

    /// Takes in at once what the rings hold, for a reader who wants to see what happened before it asked. In a flood it
    /// may take in less: nobody waits here for long.
    ///
    /// Thread: any but its own.
    public void catchUp() {
        // The turn that is under way may have passed the ring already; the one behind it has not.
        long wanted = turns + 2;
        long end = System.nanoTime() + CATCH_UP_NANOS;
        while (turns < wanted && !stopping && System.nanoTime() < end) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Takes in what is still in the rings, and ends.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int quietTurns = 0;
        while (!stopping) {
            long begun = System.nanoTime();
            int most = turn();
            busyNanos = busyNanos() + System.nanoTime() - begun;
            quietTurns = most == 0 ? quietTurns + 1 : 0;
            if (quietTurns > QUIET_TURNS) {
                doze();
            } else if (most < BATCH) {
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
        turn();
    }

    /// Nothing happened for a while: the next event wakes it.
    private void doze() {
        rings.forEach(Ring::wakeAtNext);
        if (turn() == 0) {
            LockSupport.parkNanos(DOZE_NANOS);
        }
    }

    private int turn() {
        try {
            followWallClock();
            return drainAll();
        } catch (RuntimeException | Error ours) {
            LOG.error("The scribe lost a turn", ours);
            return 0;
        }
    }

    /// One turn of all rings; gives back the most that one of them had.
    private int drainAll() {
        int most = 0;
        for (Ring ring : rings) {
            int taken = ring.drain(appending, BATCH);
            most = Math.max(most, taken);
            tellLost(ring);
        }
        log.publish();
        turns = turns() + 1;
        return most;
    }

    private void append(MutableDirectBuffer buffer, int index, int length) {
        log.append(buffer, index, length, wallOffset);
    }

    private void tellLost(Ring ring) {
        long count = ring.newlyLost();
        if (count == 0) {
            return;
        }
        lost = lost() + count;
        byte[] detail = Detail.of("count", count).bytes();
        int size = EventView.HEAD + Origin.NONE.label().length + detail.length;
        UnsafeBuffer event = new UnsafeBuffer(new byte[size]);
        EventView.write(
                event,
                0,
                System.nanoTime(),
                EventKind.LOST,
                Direction.NONE,
                Origin.NONE,
                0,
                0,
                0,
                0,
                detail,
                Tap.NO_BYTES);
        log.append(event, 0, size, wallOffset);
    }

    /// Loops stamp with the monotonic clock; the offset to the wall clock is followed when it has moved, so that time
    /// does not flicker within a connection. A reading that took long tells nothing, unless there was none yet.
    private void followWallClock() {
        long before = System.nanoTime();
        Instant wall = Instant.now();
        long took = System.nanoTime() - before;
        long offset =
                TimeUnit.SECONDS.toNanos(wall.getEpochSecond())
                        + wall.getNano()
                        - before
                        - took / 2;
        boolean moved = Math.abs(offset - wallOffset) > DRIFT_NANOS;
        if (wallOffset == 0 || (moved && took < DRIFT_NANOS / 4)) {
            wallOffset = offset;
        }
    }
}
