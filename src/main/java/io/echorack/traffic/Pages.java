package io.echorack.traffic;

import io.echorack.model.traffic.TrafficEvent;
import io.echorack.traffic.Cursor.Reach;
import io.echorack.traffic.Cursor.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads the log a page at a time.
public final class Pages {
    /// A page of events, oldest first.
    ///
    /// @param next what to ask for as `after`, to read on
    public record Page(List<TrafficEvent> events, long next) {}

    private final TrafficLog log;

    public Pages(TrafficLog log) {
        this.log = log;
    }

    /// The first matching events behind that seq.
    public Page after(Filter filter, long after, long before, int limit, int payload) {
        List<TrafficEvent> events = new ArrayList<>();
        Cursor cursor = new Cursor(log, Math.max(after, 0));
        long last = Math.min(before - 1, log.latestSeq());
        while (cursor.position() < last && events.size() < limit) {
            cursor.step(filter, Reach.turn(limit - events.size(), payload), last, events::add);
        }
        return new Page(events, cursor.position());
    }

    /// The last matching events before that seq.
    public Page before(Filter filter, long before, int limit, int payload) {
        Deque<TrafficEvent> events = new ArrayDeque<>();
        Cursor cursor = new Cursor(log, 0);
        long last = Math.min(before - 1, log.latestSeq());
        while (cursor.position() < last) {
            cursor.step(
                    filter,
                    Reach.turn(Long.MAX_VALUE, payload),
                    last,
                    event -> {
                        if (events.size() == limit) {
                            events.removeFirst();
                        }
                        events.addLast(event);
                    });
        }
        return new Page(List.copyOf(events), cursor.position());
    }

    /// One event with all its captured payload; nothing where it is no longer held.
    public Optional<TrafficEvent> one(long seq) {
        List<TrafficEvent> found = new ArrayList<>();
        if (seq > 0) {
            Step step =
                    new Cursor(log, seq - 1)
                            .step(Filter.ALL, Reach.everything(Integer.MAX_VALUE), seq, found::add);
            assert step.taken() <= 1;
        }
        return found.stream().findFirst();
    }
}
