package io.echorack.wire;

import io.echorack.model.spec.SocketOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the kernel made of the socket options that were asked for. Linux grants twice the buffer that was asked for and
/// uses half of it for its own books (socket(7)); what stands here is what getsockopt(2) says.
public final class Granted {
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private Granted() {}

    public static Map<String, Object> ofTcp(Channel listener, SocketOptions asked) {
        Map<String, Object> granted = new LinkedHashMap<>();
        granted.put("reuseAddress", option(listener, ChannelOption.SO_REUSEADDR));
        granted.put("backlog", Math.min(asked.backlogLength(), NetUtil.SOMAXCONN));
        granted.put("receiveBufferBytes", receiveBuffer(listener));
        granted.put("sendBufferBytes", streamSendBuffer(asked));
        granted.put("tcpNoDelay", asked.noDelay());
        granted.put("readBufferBytes", asked.readBytes());
        PacketOptions.putGranted(granted, listener, asked);
        return granted;
    }

    public static Map<String, Object> ofTcp(ServerSocketChannel listener, SocketOptions asked)
            throws IOException {
        Map<String, Object> granted = new LinkedHashMap<>();
        int receiveBuffer = listener.getOption(StandardSocketOptions.SO_RCVBUF);
        granted.put("reuseAddress", listener.getOption(StandardSocketOptions.SO_REUSEADDR));
        granted.put("backlog", Math.min(asked.backlogLength(), NetUtil.SOMAXCONN));
        granted.put("receiveBufferBytes", LINUX ? 2 * receiveBuffer : receiveBuffer);
        granted.put("sendBufferBytes", streamSendBuffer(asked));
        granted.put("tcpNoDelay", asked.noDelay());
        granted.put("readBufferBytes", asked.readBytes());
        granted.put("reusePort", asked.reusesPort());
        granted.put("dscp", PacketOptions.dscpOfStream(asked));
        return granted;
    }

    public static Map<String, Object> ofUdp(Channel socket, SocketOptions asked) {
        Map<String, Object> granted = new LinkedHashMap<>();
        granted.put("reuseAddress", option(socket, ChannelOption.SO_REUSEADDR));
        granted.put("receiveBufferBytes", receiveBuffer(socket));
        granted.put("sendBufferBytes", doubled(socket, option(socket, ChannelOption.SO_SNDBUF)));
        granted.put("datagramBufferBytes", asked.datagramBytes());
        PacketOptions.putGranted(granted, socket, asked);
        return granted;
    }

    private static int receiveBuffer(Channel channel) {
        return doubled(channel, option(channel, ChannelOption.SO_RCVBUF));
    }

    /// A listening socket has no send buffer to ask about: a socket made for the purpose shows what each will get.
    private static int streamSendBuffer(SocketOptions asked) {
        try (Socket socket = new Socket()) {
            if (asked.sendBufferBytes() != null) {
                socket.setSendBufferSize(asked.sendBufferBytes());
            }
            return LINUX ? 2 * socket.getSendBufferSize() : socket.getSendBufferSize();
        } catch (IOException refused) {
            return 0;
        }
    }

    /// Java halves what Linux says; Netty's epoll does not.
    private static int doubled(Channel channel, int size) {
        boolean nio =
                channel instanceof NioServerSocketChannel || channel instanceof NioDatagramChannel;
        return nio && LINUX ? 2 * size : size;
    }

    private static <T> T option(Channel channel, ChannelOption<T> option) {
        return channel.config().getOption(option);
    }
}
