package io.echorack.wire;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;

/// Sends a datagram of no bytes, which RFC 768 allows: Netty takes one for sent without sending it.
///
/// Thread: the channel's loop.
public final class EmptyDatagram {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1).limit(0);
    private static final AttributeKey<DatagramChannel> SOCKET = AttributeKey.valueOf("socket");

    private EmptyDatagram() {}

    /// Sends it behind what was written before; what the socket has no room for is gone, as UDP has it.
    public static void send(Channel from, InetSocketAddress to) throws IOException {
        from.flush();
        if (from instanceof UnixChannel unix) {
            new Socket(unix.fd().intValue()).sendTo(NOTHING, 0, 0, to.getAddress(), to.getPort());
        } else {
            Objects.requireNonNull(from.attr(SOCKET).get()).send(ByteBuffer.allocate(0), to);
        }
    }

    /// A channel over NIO that lets us at its socket.
    static NioDatagramChannel nio() {
        try {
            DatagramChannel socket = DatagramChannel.open();
            NioDatagramChannel channel = new NioDatagramChannel(socket);
            channel.attr(SOCKET).set(socket);
            return channel;
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }
}
