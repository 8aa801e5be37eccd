package io.echorack.wire;

import io.echorack.model.Problem;
import io.echorack.model.spec.SocketOptions;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Map;

/// How a socket's packets are marked, how far they go, and whether others may share its port: SO_REUSEPORT (socket(7)),
/// IP_TOS and IP_TTL (ip(7)), and what they are called over IPv6 (ipv6(7), RFC 3542). Accepted connections have those of
/// their listener.
final class PacketOptions {
    /// Levels and names of Linux; Netty has no names of its own for these.
    private static final int IPV4 = 0;

    private static final int IPV6 = 41;
    private static final IntegerUnixChannelOption TOS =
            new IntegerUnixChannelOption("IP_TOS", IPV4, 1);
    private static final IntegerUnixChannelOption TTL =
            new IntegerUnixChannelOption("IP_TTL", IPV4, 2);
    private static final IntegerUnixChannelOption HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPV6, 16);
    private static final IntegerUnixChannelOption CLASS =
            new IntegerUnixChannelOption("IPV6_TCLASS", IPV6, 67);
    private static final ChannelOption<Boolean> NIO_REUSE_PORT =
            NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

    /// The two lower bits of the old type of service belong to ECN (RFC 2474, RFC 3168).
    private static final int ECN_BITS = 2;

    private PacketOptions() {}

    /// A `Problem` where there is no way to ask for it.
    static void ask(Transport transport, AbstractBootstrap<?, ?> bootstrap, SocketOptions asked) {
        boolean unix = transport.isOfUnix();
        if (asked.reusesPort()) {
            bootstrap.option(unix ? UnixChannelOption.SO_REUSEPORT : NIO_REUSE_PORT, true);
        }
        if (asked.dscp() != null) {
            int tos = service(asked.dscp());
            if (unix) {
                either(bootstrap, TOS, CLASS, tos);
            } else if (bootstrap instanceof ServerBootstrap listener) {
                listener.childOption(ChannelOption.IP_TOS, tos);
            } else {
                bootstrap.option(ChannelOption.IP_TOS, tos);
            }
        }
        if (asked.ttl() != null) {
            if (!unix) {
                String why = "is for Linux: there is no way to ask this system for it";
                throw Problem.invalid(List.of(new Problem.Field("/socket/ttl", why)));
            }
            either(bootstrap, TTL, HOPS, asked.ttl());
        }
    }

    /// Puts what there is; `ttl` is not known everywhere.
    static void putGranted(Map<String, Object> granted, Channel socket, SocketOptions asked) {
        if (socket instanceof UnixChannel) {
            boolean six =
                    ((InetSocketAddress) socket.localAddress()).getAddress()
                            instanceof Inet6Address;
            granted.put("reusePort", option(socket, UnixChannelOption.SO_REUSEPORT));
            granted.put("dscp", option(socket, six ? CLASS : TOS) >> ECN_BITS);
            granted.put("ttl", option(socket, six ? HOPS : TTL));
            return;
        }
        granted.put("reusePort", option(socket, NIO_REUSE_PORT));
        granted.put(
                "dscp",
                socket instanceof ServerChannel
                        ? dscpOfStream(asked)
                        : option(socket, ChannelOption.IP_TOS) >> ECN_BITS);
    }

    /// The type of service that stands for a code point.
    static int service(int dscp) {
        return dscp << ECN_BITS;
    }

    /// Java tells nothing of this on a listener: a socket made for the purpose shows what each connection will get.
    static int dscpOfStream(SocketOptions asked) {
        try (java.net.Socket socket = new java.net.Socket()) {
            if (asked.dscp() != null) {
                socket.setTrafficClass(service(asked.dscp()));
            }
            return socket.getTrafficClass() >> ECN_BITS;
        } catch (IOException refused) {
            return 0;
        }
    }

    /// A socket of IPv6 carries IPv4 as well, and has an option for each.
    private static void either(
            AbstractBootstrap<?, ?> bootstrap,
            ChannelOption<Integer> four,
            ChannelOption<Integer> six,
            int value) {
        bootstrap.option(four, value);
        if (Socket.isIPv6Preferred()) {
            bootstrap.option(six, value);
        }
    }

    private static <T> T option(Channel channel, ChannelOption<T> option) {
        return channel.config().getOption(option);
    }
}
