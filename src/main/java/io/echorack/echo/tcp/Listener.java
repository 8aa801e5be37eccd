package io.echorack.echo.tcp;

import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.fault.line.Pause;
import io.echorack.echo.loop.Loops;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import io.echorack.wire.Granted;
import io.echorack.wire.KernelCounts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A server's listening socket: it accepts connections in turn, unless a fault leaves them in the backlog.
final class Listener {
    /// Answers that may wait for a client before it is no longer read from, and when it is read again.
    private static final WriteBufferWaterMark WAITING =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Loops loops;
    private final Consumer<SocketChannel> admit;
    private final Arrivals arrivals = new Arrivals();
    private final Pause pause;
    private final InetSocketAddress address;
    private final Map<String, Object> granted;
    private volatile Channel channel;

    /// Binds and waits for it.
    ///
    /// @param admit gets every connection, on its loop
    Listener(ServerSpec spec, Loops loops, ServerCounters counters, Consumer<SocketChannel> admit) {
        this.loops = loops;
        this.admit = admit;
        pause = new Pause(new Effect.PauseAccept(), counters);
        channel = bind(spec, spec.portOrAny(), spec.options().reusesAddress());
        address = (InetSocketAddress) channel.localAddress();
        granted = Granted.ofTcp(channel, spec.options());
    }

    InetSocketAddress address() {
        return address;
    }

    /// What the kernel granted, and how many connections wait to be accepted.
    Map<String, Object> options() {
        Map<String, Object> now = new LinkedHashMap<>(granted);
        KernelCounts.acceptQueue(channel).ifPresent(waiting -> now.put("acceptQueue", waiting));
        return now;
    }

    /// Looks whether connections are accepted, at the beginning and when the faults have changed.
    void look(ServerSpec spec) {
        EventLoop loop = channel.eventLoop();
        loop.execute(() -> {
            pause.tell(loop, loops.tapOf(loop), spec);
            channel.config().setAutoRead(!pause.isIn(spec));
        });
    }

    void close() {
        channel.close().syncUninterruptibly();
    }

    /// Listens again at the address that it had a moment ago: what our own connections hold of it is no obstacle.
    void open(ServerSpec spec) {
        channel = bind(spec, address.getPort(), true);
        look(spec);
    }

    private Channel bind(ServerSpec spec, int port, boolean reuseAddress) {
        return loops.bind(spec, port, bootstrap(spec, spec.options(), reuseAddress));
    }

    private ServerBootstrap bootstrap(
            ServerSpec spec, SocketOptions options, boolean reuseAddress) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.transport().listener())
                        .option(ChannelOption.SO_REUSEADDR, reuseAddress)
                        .option(ChannelOption.SO_BACKLOG, options.backlogLength())
                        .option(ChannelOption.AUTO_READ, !pause.isIn(spec))
                        .handler(arrivals)
                        // Else a connection would keep its own server from coming back to its port.
                        .childOption(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel connection) {
                                        admit.accept(connection);
                                    }
                                });
        loops.transport().askFor(options, bootstrap);
        if (options.receiveBufferBytes() != null) {
            bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() != null) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        return bootstrap;
    }
}
