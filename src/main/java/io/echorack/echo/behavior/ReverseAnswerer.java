package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;

/// The content from its last byte to its first.
final class ReverseAnswerer implements Answerer {
    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        int first = content;
        int last = content + length - 1;
        while (first < last) {
            byte kept = message.getByte(first);
            message.setByte(first, message.getByte(last));
            message.setByte(last, kept);
            first++;
            last--;
        }
        return message;
    }
}
