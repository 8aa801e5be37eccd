package io.echorack.traffic;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/// The way of events from one loop, or from everybody who has none, to the scribe. What finds it full is counted and gone.
///
/// Thread: a loop's ring is written by that loop alone; the scribe empties it.
final class Ring implements Tap {
    /// Agrona wants a type above 0; the kind stands in the event itself.
    private static final int EVENT = 1;

    private final RingBuffer buffer;
    private final LongAdder lost = new LongAdder();
    private long lostTold;

    Ring(RingBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public boolean tell(
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
        return true;
    }

    /// Hands over what is there, that many events at most; says how many.
    int drain(MessageHandler to, int most) {
        return buffer.read(to, most);
    }

    /// How many events found it full since this was last asked. The scribe asks.
    long newlyLost() {
        long all = lost.sum();
        long fresh = all - lostTold;
        lostTold = all;
        return fresh;
    }
}
