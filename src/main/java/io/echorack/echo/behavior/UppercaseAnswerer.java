package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;

/// ASCII letters in upper case; every other byte as it is.
final class UppercaseAnswerer implements Answerer {
    private static final int TO_UPPER = 'A' - 'a';

    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        for (int i = content; i < content + length; i++) {
            byte letter = message.getByte(i);
            if (letter >= 'a' && letter <= 'z') {
                message.setByte(i, letter + TO_UPPER);
            }
        }
        return message;
    }
}
