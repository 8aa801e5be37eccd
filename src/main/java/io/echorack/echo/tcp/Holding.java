package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversations;
import io.echorack.model.engine.CloseKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// What a connection holds: bytes that wait to become messages, and answers that its client has yet to take; each counted
/// against what all connections may hold together. Once memory for answers is scarce, a client that has any left is given
/// no more, and not read from, until it has taken them.
///
/// Thread: its connection's loop.
final class Holding {
    private final TcpSocket socket;
    private final Channel channel;
    private final Conversations all;
    private final Runnable taken;
    private long waiting;
    private long untaken;
    private boolean watching;

    /// @param taken is called when the client has taken all there was
    Holding(TcpSocket socket, Conversations all, Runnable taken) {
        this.socket = socket;
        channel = socket.channel();
        this.all = all;
        this.taken = taken;
    }

    /// Bytes of answers that the client has yet to take.
    long untaken() {
        @Nullable ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    boolean allowsAnswers() {
        return untaken == 0 || !all.isScarce();
    }

    /// Counts after a flush; a connection that there is no memory for is ended.
    ///
    /// @param toAnswer bytes that wait to become messages
    void count(long toAnswer) {
        if (!all.hold(toAnswer - waiting)) {
            end("messages that wait hold all the memory there is for them");
        }
        waiting = toAnswer;
        if (!countUntaken()) {
            end("answers that nobody takes hold all the memory there is for them");
        }
        if (untaken > 0) {
            watch();
        }
    }

    /// The connection has ended, and what it held is given back.
    void end() {
        all.hold(-waiting);
        waiting = 0;
        all.owe(-untaken);
        untaken = 0;
    }

    private boolean countUntaken() {
        long before = untaken;
        untaken = untaken();
        return all.owe(untaken - before);
    }

    private void end(String why) {
        socket.departure().now(CloseKind.LIMIT, why);
    }

    private void watch() {
        if (!allowsAnswers() && !socket.ending().hasBegun()) {
            channel.config().setAutoRead(false);
        }
        if (!watching) {
            watching = true;
            // By a task: what follows writes again, and would end up here again.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(_ -> channel.eventLoop().execute(this::settle));
        }
    }

    private void settle() {
        watching = false;
        if (channel.isOpen()) {
            countUntaken();
            taken.run();
        }
    }
}
