package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Silence (RFC 863).
final class DiscardAnswerer implements Answerer {
    @Override
    public @Nullable ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        message.release();
        return null;
    }
}
