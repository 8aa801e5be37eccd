package io.echorack.echo.books;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The first bytes of a message, to be captured where they are.
final class Head {
    private Head() {}

    /// A message is a slice, and Netty makes two objects for every look at one; the buffer that it is cut from has one at
    /// hand.
    static ByteBuffer of(ByteBuf bytes, int length) {
        @Nullable ByteBuf whole = bytes.unwrap();
        if (whole == null || !whole.hasMemoryAddress() || !bytes.hasMemoryAddress()) {
            return bytes.internalNioBuffer(bytes.readerIndex(), length);
        }
        long start = bytes.memoryAddress() - whole.memoryAddress();
        return whole.internalNioBuffer((int) start + bytes.readerIndex(), length);
    }
}
