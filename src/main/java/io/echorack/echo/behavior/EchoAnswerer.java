package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;

/// The message itself (RFC 862).
final class EchoAnswerer implements Answerer {
    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        return message;
    }
}
