package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Speaks first, and leaves the rest to another.
final class GreetingAnswerer implements Answerer {
    private final byte[] banner;
    private final Answerer then;

    GreetingAnswerer(byte[] banner, Answerer then) {
        this.banner = banner;
        this.then = then;
    }

    @Override
    public @Nullable ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        return then.answer(message, content, length, party);
    }

    @Override
    public @Nullable ByteBuf says(long piece) {
        return piece == 0 ? Unpooled.wrappedBuffer(banner) : then.says(piece - 1);
    }

    @Override
    public boolean listens() {
        return then.listens();
    }
}
