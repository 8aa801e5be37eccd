package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Says one thing and ends; over UDP, one thing for each datagram, whatever that held.
abstract class OnceAnswerer implements Answerer {
    abstract byte[] say();

    @Override
    public final ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        message.release();
        return Unpooled.wrappedBuffer(say());
    }

    @Override
    public final @Nullable ByteBuf says(long piece) {
        return piece == 0 ? Unpooled.wrappedBuffer(say()) : null;
    }

    @Override
    public final boolean listens() {
        return false;
    }
}
