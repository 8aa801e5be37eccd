package io.echorack.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/// A stretch of the log: events one behind the other, and for every 64 KiB where the first one begins.
///
/// It is used again when it is the oldest, whether or not somebody reads it. Its first seq, of which no two are the
/// same, is the sign: a reader notes it, copies, and looks whether it still stands there. If not, the copy is nothing.
///
/// Thread: written by the scribe, copied from by anybody.
final class Segment {
    static final long UNUSED = -1;

    private static final int BLOCK = 64 * 1024;
    private static final VarHandle FIRST_SEQ;
    private static final VarHandle END;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            FIRST_SEQ = lookup.findVarHandle(Segment.class, "firstSeq", long.class);
            END = lookup.findVarHandle(Segment.class, "end", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int capacity;
    private final int[] blockStart;
    private final long[] blockSeq;
    private @Nullable UnsafeBuffer memory;
    private long firstSeq = UNUSED;
    private int end;
    private int written;

    Segment(int capacity) {
        this.capacity = capacity;
        blockStart = new int[capacity / BLOCK + 1];
        blockSeq = new long[blockStart.length];
    }

    /// Lets go of what it holds, from the next instruction on.
    ///
    /// @throws OutOfMemoryError where it was never used before and there is no memory for it; then nothing has changed
    void clear() {
        if (memory == null) {
            memory = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        }
        FIRST_SEQ.setOpaque(this, UNUSED);
        VarHandle.fullFence();
        written = 0;
        END.setOpaque(this, 0);
        Arrays.fill(blockSeq, Long.MAX_VALUE);
    }

    /// Takes an event behind the others; false where it has no room. Nobody sees it before `publish`.
    boolean append(DirectBuffer from, int index, int length, long seq, long wallOffset) {
        int size = BitUtil.align(length, Long.BYTES);
        MutableDirectBuffer to = memory;
        if (to == null || written + size > capacity) {
            return false;
        }
        to.putBytes(written, from, index, length);
        EventView.stamp(to, written, seq, wallOffset);
        int block = written / BLOCK;
        if (blockSeq[block] == Long.MAX_VALUE) {
            blockSeq[block] = seq;
            blockStart[block] = written;
        }
        written += size;
        return true;
    }

    void publish() {
        END.setRelease(this, written);
        if (written > 0 && firstSeq == UNUSED) {
            FIRST_SEQ.setRelease(this, blockSeq[0]);
        }
    }

    /// The seq of its first event, `UNUSED` where it has none.
    long firstSeq() {
        return (long) FIRST_SEQ.getAcquire(this);
    }

    int bytes() {
        return firstSeq() == UNUSED ? 0 : (int) END.getAcquire(this);
    }

    /// Copies events from the block on in which `seq` lies; gives back how many bytes, the last event perhaps cut, or
    /// -1 where the segment was used again meanwhile.
    int copy(long seq, MutableDirectBuffer to) {
        long sign = firstSeq();
        UnsafeBuffer from = memory;
        if (sign == UNUSED || sign > seq || from == null) {
            return -1;
        }
        int stop = (int) END.getAcquire(this);
        int start = startOfBlock(seq);
        int length = Math.min(stop - start, to.capacity());
        if (length > 0) {
            to.putBytes(0, from, start, length);
        }
        VarHandle.loadLoadFence();
        return (long) FIRST_SEQ.getAcquire(this) == sign ? Math.max(0, length) : -1;
    }

    private int startOfBlock(long seq) {
        for (int block = blockSeq.length - 1; block > 0; block--) {
            if (blockSeq[block] <= seq) {
                return blockStart[block];
            }
        }
        return 0;
    }
}
