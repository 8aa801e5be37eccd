package io.echorack.traffic;

import io.echorack.model.Ceilings;
import org.agrona.concurrent.UnsafeBuffer;

/// A reader's own copy of a piece of the log, and the way through it, event by event.
///
/// Thread: whoever was lent it.
final class Chunk {
    /// Room for a block of a segment, the event across its end, and one more of the largest.
    private static final int BYTES = 64 * 1024 + 3 * (Ceilings.CAPTURED_BYTES + 4 * 1024);

    private final TrafficLog log;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[BYTES]);
    private final EventView view = new EventView();
    private int length;
    private int next;

    Chunk(TrafficLog log) {
        this.log = log;
    }

    /// Begins anew.
    void reset() {
        length = 0;
        next = 0;
    }

    /// Moves to the first held event from `seq` on; false where there is none up to `latest`.
    boolean moveTo(long seq, long latest) {
        if (stepTo(seq)) {
            return view.seq() <= latest;
        }
        while (true) {
            long from = Math.max(seq, log.oldestSeq());
            if (from > latest) {
                return false;
            }
            int copied = log.copy(from, copy);
            next = 0;
            length = Math.max(0, copied);
            if (stepTo(from)) {
                return view.seq() <= latest;
            }
        }
    }

    EventView event() {
        return view;
    }

    private boolean stepTo(long seq) {
        while (next + EventView.HEAD <= length) {
            view.at(copy, next);
            int size = view.size();
            if (next + size > length) {
                return false;
            }
            next += size;
            if (view.seq() >= seq) {
                return true;
            }
        }
        return false;
    }
}
