package io.echorack.traffic;

import io.echorack.model.Ceilings;
import io.echorack.model.traffic.Miss;
import io.echorack.model.traffic.TrafficEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits until so many events are there: a cursor that looks on a tick.
///
/// Thread: its caller's.
public final class Waiter {
    /// What came of it.
    ///
    /// @param nearest the latest events that met all terms of the filter but one
    /// @param next behind which seq to wait on
    /// @param unread events passed over without a look, since the log had let go of them
    public record Outcome(List<TrafficEvent> events, List<Miss> nearest, long next, long unread) {}

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TrafficLog log;
    private final Cursor cursor;
    private final Filter filter;
    private final int payload;
    private final List<TrafficEvent> events = new ArrayList<>();
    private final Deque<Miss> nearest = new ArrayDeque<>();
    private long unread;

    /// @param payload bytes of payload that each event is handed over with
    public Waiter(TrafficLog log, Filter filter, long after, int payload) {
        this.log = log;
        this.filter = filter;
        this.payload = payload;
        cursor = new Cursor(log, Math.min(after, log.latestSeq()));
    }

    /// Looks at once, and again until there are that many or the time is over.
    public Outcome await(int count, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        boolean isLast = false;
        while (events.size() < count && !isLast && !Thread.currentThread().isInterrupted()) {
            long left = end - System.nanoTime();
            isLast = left <= 0;
            if (cursor.position() >= log.latestSeq()) {
                LockSupport.parkNanos(Math.min(TICK_NANOS, left));
            }
            readOn(count);
        }
        return new Outcome(events, List.copyOf(nearest), cursor.position(), unread);
    }

    /// To what is the latest now, a turn at a time.
    private void readOn(int count) {
        long latest = log.latestSeq();
        while (cursor.position() < latest && events.size() < count) {
            unread +=
                    cursor.walk(
                                    this::matches,
                                    Cursor.Reach.turn(count - events.size(), payload),
                                    latest,
                                    event -> events.add(event.event(payload)))
                            .unread();
        }
    }

    private boolean matches(EventView event) {
        if (filter.matches(event)) {
            return true;
        }
        Filter.missed(filter, event).ifPresent(term -> keep(new Miss(term, event.event(payload))));
        return false;
    }

    private void keep(Miss miss) {
        if (nearest.size() == Ceilings.NEAR_MISSES) {
            nearest.removeFirst();
        }
        nearest.addLast(miss);
    }
}
