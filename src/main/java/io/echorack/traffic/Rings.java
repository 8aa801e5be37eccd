package io.echorack.traffic;

import io.echorack.model.Ceilings;
import io.echorack.model.traffic.Tap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/// One ring a loop, and one more for everybody else. Together they keep to a ceiling, however many loops there are.
public final class Rings implements Tap.Source {
    private final List<Ring> loops = new ArrayList<>();
    private final Ring shared;

    public Rings(int loopCount) {
        this(
                loopCount,
                Math.max(
                        Ceilings.RING_LEAST_BYTES,
                        Integer.highestOneBit(Ceilings.RINGS_BYTES / loopCount)));
    }

    /// @param ringBytes the size of one loop's ring, a power of two
    public Rings(int loopCount, int ringBytes) {
        for (int i = 0; i < loopCount; i++) {
            loops.add(new Ring(new OneToOneRingBuffer(room(ringBytes))));
        }
        shared = new Ring(new ManyToOneRingBuffer(room(Ceilings.RING_LEAST_BYTES)));
    }

    @Override
    public Tap ofLoop(int loop) {
        return loops.get(loop);
    }

    @Override
    public Tap shared() {
        return shared;
    }

    List<Ring> all() {
        List<Ring> all = new ArrayList<>(loops);
        all.add(shared);
        return all;
    }

    private static UnsafeBuffer room(int bytes) {
        return new UnsafeBuffer(
                ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH));
    }
}
