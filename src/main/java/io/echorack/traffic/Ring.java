package io.echorack.traffic;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.jspecify.annotations.Nullable;

/// The way of events from one loop, or from everybody who has none, to the scribe. What finds it full is counted and gone.
///
/// Thread: a loop's ring is written by that loop alone; the scribe empties it.
final class Ring implements Tap {
    /// Agrona wants a type above 0; the kind stands in the event itself.
    private static final int EVENT = 1;

    /// The part of a ring that fills before its reader is woken ahead of its tick.
    private static final int WAKE_PART = 8;

    private final RingBuffer buffer;
    private final LongAdder lost = new LongAdder();
    private long lostTold;
    private volatile @Nullable Thread reader;
    private volatile boolean readerDozes;
    private int sinceWake;

    Ring(RingBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public boolean tell(
            long at,
            EventKind kind,
            Direction direction,
            Origin origin,
            int length,
            long offset,
            long firstRead,
            long lastRead,
            Detail detail,
            ByteBuffer captured) {
        byte[] more = detail.bytes();
        int size = EventView.HEAD + origin.label().length + more.length + captured.remaining();
        int index = buffer.tryClaim(EVENT, size);
        if (index < 0) {
            lost.increment();
            return false;
        }
        EventView.write(
                buffer.buffer(),
                index,
                at,
                kind,
                direction,
                origin,
                length,
                offset,
                firstRead,
                lastRead,
                more,
                captured);
        buffer.commit(index);
        wakeWhenFilling(size);
        return true;
    }

    /// Says whom to wake when a good part of it has filled since the last time.
    void wakes(Thread thread) {
        reader = thread;
    }

    /// Hands over what is there, that many events at most; says how many.
    int drain(MessageHandler to, int most) {
        return buffer.read(to, most);
    }

    /// Where several write, two may count into each other: then it wakes a little early or late.
    private void wakeWhenFilling(int size) {
        sinceWake += size;
        if (readerDozes || sinceWake > buffer.capacity() / WAKE_PART) {
            readerDozes = false;
            sinceWake = 0;
            LockSupport.unpark(reader);
        }
    }

    /// Asks to be woken by the next event. One that comes at that very moment may go unnoticed: the reader's doze has an
    /// end.
    void wakeAtNext() {
        readerDozes = true;
    }

    /// How many events found it full since this was last asked. The scribe asks.
    long newlyLost() {
        long all = lost.sum();
        long fresh = all - lostTold;
        lostTold = all;
        return fresh;
    }
}
