package io.echorack.wire;

import io.echorack.model.spec.SocketOptions;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.stream.Stream;

/// How bytes come from the kernel: epoll(7) where it is there, NIO elsewhere, io_uring(7) where it is asked for.
public enum Transport {
    EPOLL,
    IO_URING,
    NIO;

    /// Datagrams that one recvmmsg(2) takes.
    private static final int DATAGRAMS_PER_CALL = 32;

    public static Transport choose() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /// The one of that name; nothing where there is none.
    public static Optional<Transport> named(String text) {
        return Stream.of(values()).filter(one -> one.text().equals(text)).findFirst();
    }

    /// Why this system has none of it; nothing where it has.
    public Optional<Throwable> lack() {
        return Optional.ofNullable(
                switch (this) {
                    case EPOLL -> Epoll.unavailabilityCause();
                    case IO_URING -> IoUring.unavailabilityCause();
                    case NIO -> null;
                });
    }

    /// Whether options can be asked for that Java has no names for.
    boolean isOfUnix() {
        return this != NIO;
    }

    public String text() {
        return switch (this) {
            case EPOLL -> "epoll";
            case IO_URING -> "io_uring";
            case NIO -> "nio";
        };
    }

    public EventLoopGroup loops(String name, int count) {
        IoHandlerFactory handlers =
                switch (this) {
                    case EPOLL -> SteadyEpoll.newFactory();
                    case IO_URING -> IoUringIoHandler.newFactory();
                    case NIO -> NioIoHandler.newFactory();
                };
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory(name, true), handlers);
    }

    public ChannelFactory<ServerChannel> listener() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel::new;
            case IO_URING -> IoUringServerSocketChannel::new;
            case NIO -> NioServerSocketChannel::new;
        };
    }

    public ChannelFactory<SocketChannel> stream() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel::new;
            case IO_URING -> IoUringSocketChannel::new;
            case NIO -> NioSocketChannel::new;
        };
    }

    public ChannelFactory<DatagramChannel> datagrams() {
        return switch (this) {
            case EPOLL -> EpollDatagramChannel::new;
            case IO_URING -> IoUringDatagramChannel::new;
            case NIO -> EmptyDatagram::nio;
        };
    }

    /// Asks for what concerns packets and ports.
    public void askFor(SocketOptions options, AbstractBootstrap<?, ?> bootstrap) {
        PacketOptions.ask(this, bootstrap, options);
    }

    /// Lets one call take several datagrams where the kernel can, each up to that many bytes; says how many bytes a
    /// receive buffer must have.
    public int takeDatagrams(AbstractBootstrap<?, ?> bootstrap, int mostBytes) {
        return switch (this) {
            case EPOLL -> {
                bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, mostBytes);
                yield mostBytes * DATAGRAMS_PER_CALL;
            }
            case IO_URING, NIO -> mostBytes;
        };
    }
}
