package io.echorack.echo.tcp;

import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The bytes of a connection that are not yet messages, and which reads they came with.
///
/// A read is only joined to the bytes before it once these hold no whole message any more. So all that is behind a
/// message came with the latest joined read, and the read in which the next one begins needs no list to be known.
///
/// Thread: its connection's.
public final class Backlog {
    private record Read(long number, ByteBuf bytes) {}

    private final ArrayDeque<Read> waiting = new ArrayDeque<>();
    private @Nullable ByteBuf joined;
    private @Nullable ByteBufAllocator allocator;
    private long offset;
    private long firstRead;
    private long lastRead;
    private long nextOffset;
    private long nextFirstRead;

    public void add(long number, ByteBuf bytes, ByteBufAllocator from) {
        allocator = from;
        if (joined == null && waiting.isEmpty()) {
            begin(number, bytes);
        } else {
            waiting.add(new Read(number, bytes));
        }
    }

    /// Where the message that was cut last begins in the stream.
    public long offset() {
        return offset;
    }

    /// The read in which it begins.
    public long firstRead() {
        return firstRead;
    }

    /// The read in which it ends.
    public long lastRead() {
        return lastRead;
    }

    /// The next whole message, the caller's to release.
    public @Nullable ByteBuf cut(FrameCutter cutter) {
        while (true) {
            @Nullable ByteBuf message = joined == null ? null : cutJoined(joined, cutter);
            if (message != null || !joinNext()) {
                return message;
            }
        }
    }

    /// Bytes that wait to become a message.
    public long size() {
        long bytes = joined == null ? 0 : joined.readableBytes();
        for (Read read : waiting) {
            bytes += read.bytes().readableBytes();
        }
        return bytes;
    }

    /// Gives back the room of what was cut.
    public void trim() {
        if (joined != null && joined.refCnt() == 1) {
            joined.discardSomeReadBytes();
        }
    }

    public void release() {
        if (joined != null) {
            joined.release();
            joined = null;
        }
        waiting.forEach(read -> read.bytes().release());
        waiting.clear();
    }

    private @Nullable ByteBuf cutJoined(ByteBuf from, FrameCutter cutter) {
        if (cutter.takesAll() && from.isReadable()) {
            joined = null;
            wasCut(from);
            return from;
        }
        @Nullable ByteBuf message = cutter.cut(from);
        if (message != null) {
            wasCut(message);
        }
        if (!from.isReadable()) {
            from.release();
            joined = null;
        }
        return message;
    }

    private void wasCut(ByteBuf message) {
        offset = nextOffset;
        firstRead = nextFirstRead;
        nextOffset += message.readableBytes();
        nextFirstRead = lastRead;
    }

    private boolean joinNext() {
        @Nullable Read next = waiting.poll();
        if (next == null) {
            return false;
        }
        if (joined == null) {
            begin(next.number(), next.bytes());
        } else {
            lastRead = next.number();
            joined =
                    ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(
                            java.util.Objects.requireNonNull(allocator), joined, next.bytes());
        }
        return true;
    }

    private void begin(long number, ByteBuf bytes) {
        lastRead = number;
        nextFirstRead = number;
        joined = bytes;
    }
}
