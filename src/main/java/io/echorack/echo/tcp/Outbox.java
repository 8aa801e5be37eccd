package io.echorack.echo.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Answers on their way to the socket. Small ones that follow each other are joined, since one write of many costs little
/// more than one of one.
///
/// Thread: its channel's loop.
final class Outbox {
    /// An answer up to here is cheaper to copy than to write by itself.
    private static final int SMALL = 2 * 1024;

    private static final int MOST_JOINED = 16 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf joined;

    Outbox(Channel channel) {
        this.channel = channel;
    }

    /// Takes an answer over.
    ///
    /// @param behind how many bytes are still to be answered
    void add(ByteBuf answer, long behind) {
        int length = answer.readableBytes();
        if (length > SMALL || (joined == null && behind == 0)) {
            send();
            channel.write(answer, channel.voidPromise());
            return;
        }
        if (joined != null && joined.readableBytes() + length > MOST_JOINED) {
            send();
        }
        try {
            room(length + behind).writeBytes(answer);
        } finally {
            answer.release();
        }
    }

    /// Whether the client takes its answers, once it was given what there is: false while too many wait for it.
    boolean takesMore() {
        if (isFull()) {
            send();
            channel.flush();
        }
        return !isFull();
    }

    /// Gives what was joined to the channel.
    void send() {
        if (joined != null) {
            ByteBuf full = joined;
            joined = null;
            channel.write(full, channel.voidPromise());
        }
    }

    void release() {
        if (joined != null) {
            joined.release();
            joined = null;
        }
    }

    private boolean isFull() {
        long held = joined == null ? 0 : joined.readableBytes();
        return channel.bytesBeforeUnwritable() <= held;
    }

    private ByteBuf room(long wanted) {
        if (joined == null) {
            joined = channel.alloc().directBuffer((int) Math.min(MOST_JOINED, wanted));
        }
        return joined;
    }
}
