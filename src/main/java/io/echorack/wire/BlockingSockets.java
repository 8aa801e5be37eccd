package io.echorack.wire;

import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Sockets whose calls wait: socket, bind, listen, accept, recv and send as a course draws them.
public final class BlockingSockets {
    private BlockingSockets() {}

    /// Binds and listens; a `Problem` says why it can't be.
    ///
    /// @param reuseAddress whether what is left of old connections there is no obstacle
    public static ServerSocketChannel listen(ServerSpec spec, int port, boolean reuseAddress) {
        try {
            InetAddress host = InetAddress.getByName(spec.address());
            ServerSocketChannel listener =
                    ServerSocketChannel.open(
                            host instanceof Inet4Address
                                    ? StandardProtocolFamily.INET
                                    : StandardProtocolFamily.INET6);
            try {
                SocketOptions options = spec.options();
                listener.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
                if (options.reusesPort()) {
                    listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                }
                if (options.receiveBufferBytes() != null) {
                    listener.setOption(
                            StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
                }
                return listener.bind(new InetSocketAddress(host, port), options.backlogLength());
            } catch (IOException | RuntimeException refused) {
                listener.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw BindFailure.problem(spec, refused);
        }
    }

    /// Gives an accepted connection what was asked for.
    public static void configure(SocketChannel channel, SocketOptions options) throws IOException {
        // Else a connection would keep its own server from coming back to its port.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, options.noDelay());
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, options.keepsAlive());
        if (options.lingerSeconds() != null) {
            channel.setOption(StandardSocketOptions.SO_LINGER, options.lingerSeconds());
        }
        if (options.sendBufferBytes() != null) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        if (options.dscp() != null) {
            channel.setOption(StandardSocketOptions.IP_TOS, PacketOptions.service(options.dscp()));
        }
    }
}
