package io.echorack.echo.tcp;

import io.netty.channel.socket.SocketChannel;

/// A connection's socket: what goes to it, and how it comes to its end.
///
/// Thread: its loop.
record TcpSocket(SocketChannel channel, Outbox outbox, Ending ending, Departure departure) {
    static TcpSocket of(SocketChannel channel, Line line) {
        Outbox outbox = new Outbox(channel);
        Ending ending = new Ending();
        return new TcpSocket(channel, outbox, ending, new Departure(channel, line, ending, outbox));
    }

    /// Whether nothing may be said any more.
    boolean isMute() {
        return ending.hasBegun() || ending.hasOutputEnded();
    }

    void flush() {
        outbox.send();
        channel.flush();
    }
}
