package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ThreadLocalRandom;

/// The pattern that RFC 864 shows: lines of 72 characters of the 95 that print, each line begins one further on.
final class ChargenAnswerer implements Answerer {
    private static final int CHARACTERS = 95;
    private static final int LINE = 72;
    private static final int LONGEST_DATAGRAM = 512;
    private static final byte[] PATTERN = pattern();

    private final ByteBuf lines =
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(PATTERN).asReadOnly());

    /// A datagram gets a random number of characters.
    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        message.release();
        return lines.slice(0, ThreadLocalRandom.current().nextInt(LONGEST_DATAGRAM + 1));
    }

    /// After as many lines as there are characters it begins again.
    @Override
    public ByteBuf says(long piece) {
        return lines.duplicate();
    }

    @Override
    public boolean listens() {
        return false;
    }

    private static byte[] pattern() {
        byte[] pattern = new byte[CHARACTERS * (LINE + 2)];
        int at = 0;
        for (int line = 0; line < CHARACTERS; line++) {
            for (int column = 0; column < LINE; column++) {
                pattern[at++] = (byte) (' ' + (line + column) % CHARACTERS);
            }
            pattern[at++] = '\r';
            pattern[at++] = '\n';
        }
        return pattern;
    }
}
