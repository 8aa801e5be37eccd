package io.echorack.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/// What the kernel counts of one socket: on Linux with epoll(7), by one system call, however many sockets there are.
///
/// Thread: any, but not while the socket may be closed by another.
public final class KernelCounts {
    private static final int SOCKET = 1;
    private static final int TCP = 6;
    private static final int WORD = Integer.BYTES;

    /// SO_MEMINFO is nine words, the last of them SK_MEMINFO_DROPS (linux/sock_diag.h): what `/proc/net/udp` has as
    /// `drops`.
    private static final RawUnixChannelOption MEMORY =
            new RawUnixChannelOption("SO_MEMINFO", SOCKET, 55, 9 * WORD);

    private static final int DROPS = 8 * WORD;

    /// TCP_INFO (tcp(7)) up to `tcpi_unacked`, which a listener has its accept queue in: what `/proc/net/tcp` has as
    /// `rx_queue`.
    private static final RawUnixChannelOption INFO =
            new RawUnixChannelOption("TCP_INFO", TCP, 11, 7 * WORD);

    private static final int UNACKED = 6 * WORD;

    private KernelCounts() {}

    /// Datagrams that found no room in the socket's receive buffer or came with a wrong checksum.
    public static OptionalLong drops(Channel socket) {
        return word(socket, MEMORY, DROPS);
    }

    /// Connections that wait to be accepted.
    public static OptionalLong acceptQueue(Channel listener) {
        return word(listener, INFO, UNACKED);
    }

    private static OptionalLong word(Channel socket, RawUnixChannelOption option, int at) {
        if (!(socket instanceof UnixChannel) || !socket.isOpen()) {
            return OptionalLong.empty();
        }
        try {
            int word = socket.config().getOption(option).order(ByteOrder.nativeOrder()).getInt(at);
            return OptionalLong.of(Integer.toUnsignedLong(word));
        } catch (ChannelException unknownToThisKernel) {
            return OptionalLong.empty();
        }
    }
}
