package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The same bytes whatever was said.
final class ReplyAnswerer implements Answerer {
    private final ByteBuf reply;

    ReplyAnswerer(byte[] bytes) {
        reply = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
    }

    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        message.release();
        return reply.duplicate();
    }
}
