package io.echorack.echo.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Moves a small receive out of the large buffer it came in, so that bytes that wait hold no more memory than they
/// need, and the large buffer is soon used again while it is warm.
public final class Snug {
    /// Up to here a copy is cheap beside the datagram's two system calls; what is longer keeps the whole buffer while it waits.
    private static final int SMALL_DATAGRAM = 32 * 1024;

    private Snug() {}

    public static ByteBuf fit(ByteBuf read, ByteBufAllocator allocator) {
        return read.readableBytes() < read.capacity() / 4 ? moved(read, allocator) : read;
    }

    /// A datagram is a slice of a buffer that held several.
    public static ByteBuf fitDatagram(ByteBuf datagram, ByteBufAllocator allocator) {
        return datagram.readableBytes() <= SMALL_DATAGRAM ? moved(datagram, allocator) : datagram;
    }

    private static ByteBuf moved(ByteBuf from, ByteBufAllocator allocator) {
        try {
            return allocator.directBuffer(Math.max(1, from.readableBytes())).writeBytes(from);
        } finally {
            from.release();
        }
    }
}
