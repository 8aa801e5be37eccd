package io.echorack.traffic;

import io.echorack.model.Ceilings;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/// The traffic log: what happened, in order, as far back as its bound in bytes reaches. Segments stand in a circle; the
/// oldest is used again when the newest is full.
///
/// ```
///  oldestSeq                                        latestSeq
///     │                                                 │
///  [ segment 5 ][ segment 6 ][ segment 7 ] … [ segment 4 ──► the scribe writes here
///        ▲                 ▲                        ▲
///     a page            an export                viewers      each a number, none in the way
/// ```
///
/// Thread: the scribe appends and publishes; everybody reads.
public final class TrafficLog {
    /// Readers at work at once; a reader beyond waits, since it is readers who may wait here.
    private static final int READERS = 4;

    private final String id = UUID.randomUUID().toString();
    private final Segment[] segments;
    private final int segmentBytes;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(READERS);
    private final AtomicLong forgottenThrough = new AtomicLong();
    private volatile long oldestSeq = 1;
    private volatile long latestSeq;
    private int current;
    private long lastAppended;

    public TrafficLog() {
        this(Ceilings.LOG_BYTES, Ceilings.SEGMENT_BYTES);
    }

    public TrafficLog(long bytes, int segmentBytes) {
        this.segmentBytes = segmentBytes;
        segments = new Segment[Math.toIntExact(bytes / segmentBytes)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Segment(segmentBytes);
        }
        begin(0);
        for (int i = 0; i < READERS; i++) {
            chunks.add(new Chunk(this));
        }
    }

    /// Which log this is: a new process, a new log.
    public String id() {
        return id;
    }

    /// The first seq that is still held; one above the latest where none is.
    public long oldestSeq() {
        return Math.max(oldestSeq, forgottenThrough.get() + 1);
    }

    /// The seq of the newest event, 0 where there never was one.
    public long latestSeq() {
        return latestSeq;
    }

    /// Bytes that the held events take.
    public long bytes() {
        long forgotten = forgottenThrough.get();
        long sum = 0;
        for (int i = 0; i < segments.length; i++) {
            long first = segments[i].firstSeq();
            long next = segments[(i + 1) % segments.length].firstSeq();
            boolean allForgotten =
                    latestSeq <= forgotten || (next > first && next <= forgotten + 1);
            sum += allForgotten ? 0 : segments[i].bytes();
        }
        return sum;
    }

    public long capacityBytes() {
        return (long) segments.length * segmentBytes;
    }

    /// Lets go of all that is held now; `seq` goes on.
    public void forget() {
        forgottenThrough.accumulateAndGet(latestSeq, Math::max);
    }

    /// Lends a reader the room to copy into.
    <T> T reading(Function<Chunk, T> reader) {
        Chunk chunk;
        try {
            chunk = chunks.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting to read the log", stopped);
        }
        try {
            return reader.apply(chunk);
        } finally {
            chunks.add(chunk);
        }
    }

    /// Takes an event in; the scribe calls. Nobody sees it before `publish`.
    void append(DirectBuffer from, int index, int length, long wallOffset) {
        long seq = lastAppended + 1;
        if (!segments[current].append(from, index, length, seq, wallOffset)) {
            moveOn();
            segments[current].append(from, index, length, seq, wallOffset);
        }
        lastAppended = seq;
    }

    void publish() {
        if (lastAppended > latestSeq) {
            segments[current].publish();
            latestSeq = lastAppended;
        }
    }

    /// Copies events from `seq` on, or from a little before it; -1 where what was copied is no longer what it was.
    int copy(long seq, MutableDirectBuffer to) {
        @Nullable Segment holder = null;
        long nearest = Segment.UNUSED;
        for (Segment segment : segments) {
            long first = segment.firstSeq();
            if (first != Segment.UNUSED && first <= seq && first > nearest) {
                holder = segment;
                nearest = first;
            }
        }
        return holder == null ? -1 : holder.copy(seq, to);
    }

    private void moveOn() {
        publish();
        int next = (current + 1) % segments.length;
        try {
            begin(next);
        } catch (OutOfMemoryError noRoom) {
            // The log keeps to the segments that it has; the first of them is the oldest then.
            begin(0);
        }
    }

    private void begin(int next) {
        Segment segment = segments[next];
        if (segment.firstSeq() != Segment.UNUSED) {
            oldestSeq = oldestBut(segment);
        }
        segment.clear();
        current = next;
    }

    private long oldestBut(Segment dropped) {
        long oldest = lastAppended + 1;
        for (Segment segment : segments) {
            long first = segment.firstSeq();
            if (segment != dropped && first != Segment.UNUSED) {
                oldest = Math.min(oldest, first);
            }
        }
        return oldest;
    }
}
