package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversations;
import io.echorack.model.engine.CloseKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// The answers that a client has yet to take, counted against what all clients together may leave waiting. Once that is
/// scarce, a client with any is given no more, and not read from, until it has taken them.
///
/// Thread: its connection's loop.
final class Debt {
    private final TcpSocket socket;
    private final Channel channel;
    private final Conversations all;
    private final Runnable taken;
    private long counted;
    private boolean watching;

    /// @param taken is called when the client has taken all there was
    Debt(TcpSocket socket, Conversations all, Runnable taken) {
        this.socket = socket;
        channel = socket.channel();
        this.all = all;
        this.taken = taken;
    }

    /// Bytes that the client has yet to take.
    long bytes() {
        @Nullable ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /// Counts what is left after a flush; a connection that there is no memory for is ended.
    void count() {
        long size = bytes();
        boolean fits = all.owe(size - counted);
        counted = size;
        if (size > 0 && !watching) {
            watching = true;
            // By a task: what follows writes again, and would end up here again.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(_ -> channel.eventLoop().execute(this::settle));
        }
        if (!fits) {
            String why = "answers that nobody takes hold all the memory there is for them";
            socket.departure().now(CloseKind.LIMIT, why);
        } else if (!allowsMore() && !socket.ending().hasBegun()) {
            channel.config().setAutoRead(false);
        }
    }

    boolean allowsMore() {
        return counted == 0 || !all.isScarce();
    }

    /// The connection has ended, and what it held is given back.
    void end() {
        all.owe(-counted);
        counted = 0;
    }

    private void settle() {
        watching = false;
        if (channel.isOpen()) {
            count();
            taken.run();
        }
    }
}
