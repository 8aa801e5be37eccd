package io.echorack.traffic;

import io.echorack.model.traffic.TrafficEvent;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A place in the log that somebody reads on from. It costs the log nothing and holds nothing back; what it missed it
/// counts, so that its books balance: `to - from + 1 = looked + unread`, and of those looked at, the matching ones are
/// either taken or skipped.
///
/// Thread: its reader's.
public final class Cursor {
    /// What one step of a cursor came to.
    ///
    /// @param from one above the last step's `to`
    /// @param looked events looked at
    /// @param taken events that matched and were handed over
    /// @param skipped events that matched beyond what the reader wanted
    /// @param unread events passed over without a look: too far behind, or no longer held
    public record Step(long from, long to, long looked, long taken, long skipped, long unread) {
        public boolean moved() {
            return to >= from;
        }

        public Step and(Step later) {
            return new Step(
                    from,
                    later.to,
                    looked + later.looked,
                    taken + later.taken,
                    skipped + later.skipped,
                    unread + later.unread);
        }
    }

    /// How far a step may go.
    ///
    /// @param behind events that the cursor may be behind; what is further back is passed over
    /// @param looks events to look at
    /// @param taken matching events to hand over before the step ends
    /// @param allowance matching events to hand over before the rest is skipped
    /// @param payload bytes of payload that each is handed over with
    /// @param bytes what the events handed over take in the log, before the step ends
    public record Reach(
            long behind, long looks, long taken, long allowance, int payload, long bytes) {
        /// Events looked at in a turn.
        private static final int TURN = 20_000;

        /// All that is held, with no more than that much payload.
        public static Reach everything(int payload) {
            return new Reach(
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    payload,
                    Long.MAX_VALUE);
        }

        /// As far as a reader goes before another has its turn.
        public static Reach turn(long taken, int payload) {
            return new Reach(Long.MAX_VALUE, TURN, taken, Long.MAX_VALUE, payload, Long.MAX_VALUE);
        }

        /// The same, but the step ends when what it handed over takes that many bytes.
        public Reach upToBytes(long most) {
            return new Reach(behind, looks, taken, allowance, payload, most);
        }
    }

    private final TrafficLog log;
    private long position;

    /// A cursor behind that seq.
    public Cursor(TrafficLog log, long after) {
        this.log = log;
        position = after;
    }

    public long position() {
        return position;
    }

    /// Reads on, and hands over what matches.
    public Step step(Filter filter, Reach reach, long upTo, Consumer<TrafficEvent> to) {
        return walk(filter::matches, reach, upTo, event -> to.accept(event.event(reach.payload)));
    }

    /// The same for a reader who looks at events where they are; an event is good until its call returns.
    public Step walk(Predicate<EventView> wanted, Reach reach, long upTo, Consumer<EventView> to) {
        return log.reading(
                chunk -> walk(chunk, wanted, reach, Math.min(upTo, log.latestSeq()), to));
    }

    private Step walk(
            Chunk chunk,
            Predicate<EventView> wanted,
            Reach reach,
            long latest,
            Consumer<EventView> to) {
        long from = position + 1;
        long next = latest - position > reach.behind ? latest - reach.behind + 1 : from;
        long unread = next - from;
        long looked = 0;
        long taken = 0;
        long skipped = 0;
        long bytes = 0;
        chunk.reset();
        while (looked < reach.looks
                && taken < reach.taken
                && bytes < reach.bytes
                && chunk.moveTo(next, latest)) {
            EventView event = chunk.event();
            unread += event.seq() - next;
            next = event.seq() + 1;
            looked++;
            if (wanted.test(event)) {
                if (taken < reach.allowance) {
                    taken++;
                    bytes += event.size();
                    to.accept(event);
                } else {
                    skipped++;
                }
            }
        }
        boolean stopped = looked >= reach.looks || taken >= reach.taken || bytes >= reach.bytes;
        if (next <= latest && !stopped) {
            unread += latest + 1 - next;
            next = latest + 1;
        }
        position = next - 1;
        return new Step(from, position, looked, taken, skipped, unread);
    }
}
