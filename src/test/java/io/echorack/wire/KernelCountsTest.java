package io.echorack.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the kernel counts is what `/proc/net` shows.
class KernelCountsTest {
    private static final int QUEUES = 4;
    private static final int DROPS = 12;

    @Test
    void theAcceptQueueIsThatOfItsRow() throws IOException {
        assumeTrue(Transport.choose() == Transport.EPOLL);
        try (EventLoopGroup loops = Transport.EPOLL.loops("test", 1)) {
            Channel listener =
                    bound(
                            new ServerBootstrap()
                                    .group(loops)
                                    .channelFactory(Transport.EPOLL.listener())
                                    .childHandler(new ChannelInboundHandlerAdapter()));
            InetSocketAddress address = (InetSocketAddress) listener.localAddress();
            assertEquals(OptionalLong.of(0), KernelCounts.acceptQueue(listener));
            try (Socket _ = new Socket(address.getAddress(), address.getPort());
                    Socket _ = new Socket(address.getAddress(), address.getPort());
                    Socket _ = new Socket(address.getAddress(), address.getPort())) {
                String waiting = row("tcp", address.getPort()).get(QUEUES).replaceAll(".*:", "");
                assertEquals(3, Integer.parseInt(waiting, 16));
                assertEquals(OptionalLong.of(3), KernelCounts.acceptQueue(listener));
            }
            listener.close().syncUninterruptibly();
            assertEquals(OptionalLong.empty(), KernelCounts.acceptQueue(listener));
        }
    }

    @Test
    void theDropsAreThoseOfItsRow() throws IOException {
        assumeTrue(Transport.choose() == Transport.EPOLL);
        try (EventLoopGroup loops = Transport.EPOLL.loops("test", 1);
                DatagramSocket sender = new DatagramSocket()) {
            Channel socket =
                    bound(
                            new Bootstrap()
                                    .group(loops)
                                    .channelFactory(Transport.EPOLL.datagrams())
                                    .option(ChannelOption.SO_RCVBUF, 4_096)
                                    .handler(new ChannelInboundHandlerAdapter()));
            InetSocketAddress address = (InetSocketAddress) socket.localAddress();
            assertEquals(OptionalLong.of(0), KernelCounts.drops(socket));
            for (int i = 0; i < 100; i++) {
                sender.send(new DatagramPacket(new byte[100], 100, address));
            }
            long drops = KernelCounts.drops(socket).orElseThrow();
            assertTrue(drops > 0 && drops < 100, "dropped " + drops);
            assertEquals(Long.toString(drops), row("udp", address.getPort()).get(DROPS));
            socket.close().syncUninterruptibly();
            assertEquals(OptionalLong.empty(), KernelCounts.drops(socket));
        }
    }

    /// A socket that nobody reads from.
    private static Channel bound(AbstractBootstrap<?, ?> bootstrap) {
        return bootstrap
                .option(ChannelOption.AUTO_READ, false)
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /// The fields of the row of whoever is bound to this port and has no peer, over IPv4 or IPv6.
    private static List<String> row(String protocol, int port) throws IOException {
        String local = "[0-9A-F]+:%04X".formatted(port);
        try (Stream<String> four = Files.lines(Path.of("/proc/net/" + protocol));
                Stream<String> six = Files.lines(Path.of("/proc/net/" + protocol + "6"))) {
            return Stream.concat(four, six)
                    .map(line -> List.of(line.strip().split("\\s+", -1)))
                    .filter(row -> row.get(1).matches(local) && row.get(2).endsWith(":0000"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
