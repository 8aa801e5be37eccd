package io.echorack.echo.tcp;

import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.fault.line.Pause;
import io.echorack.echo.loop.Loops;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import io.echorack.wire.Granted;
import io.echorack.wire.KernelCounts;
import io.echorack.wire.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Where a server listens: one socket, or with `reusePort` one a loop, over which the kernel spreads those who connect
/// (socket(7)). Accepted connections go to all loops in turn either way, unless a fault leaves them in the backlog.
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
    private volatile List<Channel> sockets;

    /// Binds and waits for it.
    ///
    /// @param admit gets every connection, on its loop
    Listener(ServerSpec spec, Loops loops, ServerCounters counters, Consumer<SocketChannel> admit) {
        this.loops = loops;
        this.admit = admit;
        pause = new Pause(new Effect.PauseAccept(), counters);
        sockets = bind(spec, spec.portOrAny(), spec.options().reusesAddress());
        address = addressOf(sockets);
        granted = Granted.ofTcp(sockets.getFirst(), spec.options());
        granted.put("listeners", sockets.size());
    }

    InetSocketAddress address() {
        return address;
    }

    /// What the kernel granted, and how many connections wait to be accepted.
    Map<String, Object> options() {
        Map<String, Object> now = new LinkedHashMap<>(granted);
        sockets.stream()
                .map(KernelCounts::acceptQueue)
                .flatMapToLong(OptionalLong::stream)
                .reduce(Long::sum)
                .ifPresent(waiting -> now.put("acceptQueue", waiting));
        return now;
    }

    /// Looks whether connections are accepted, at the beginning and when the faults have changed.
    void look(ServerSpec spec) {
        EventLoop loop = sockets.getFirst().eventLoop();
        loop.execute(() -> pause.tell(loop, loops.tapOf(loop), spec));
        for (Channel socket : sockets) {
            socket.eventLoop().execute(() -> socket.config().setAutoRead(!pause.isIn(spec)));
        }
    }

    void close() {
        sockets.forEach(socket -> socket.close().syncUninterruptibly());
    }

    /// Listens again at the address that it had a moment ago: what our own connections hold of it is no obstacle.
    void open(ServerSpec spec) {
        sockets = bind(spec, address.getPort(), true);
        look(spec);
    }

    private List<Channel> bind(ServerSpec spec, int port, boolean reuseAddress) {
        List<Channel> bound = new ArrayList<>();
        try {
            for (EventLoopGroup accepts : accepting(spec)) {
                ServerBootstrap one = bootstrap(spec, spec.options(), reuseAddress);
                one.group(accepts, loops.group());
                int next = bound.isEmpty() ? port : addressOf(bound).getPort();
                bound.add(loops.bind(spec, next, one));
            }
            return List.copyOf(bound);
        } catch (RuntimeException unbound) {
            bound.forEach(socket -> socket.close().syncUninterruptibly());
            throw unbound;
        }
    }

    private static InetSocketAddress addressOf(List<Channel> bound) {
        return (InetSocketAddress) bound.getFirst().localAddress();
    }

    private List<? extends EventLoopGroup> accepting(ServerSpec spec) {
        boolean spreads = spec.options().reusesPort() && loops.transport() != Transport.NIO;
        return spreads ? loops.all() : List.of(loops.group());
    }

    private ServerBootstrap bootstrap(
            ServerSpec spec, SocketOptions options, boolean reuseAddress) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .channelFactory(loops.sockets().counted(loops.transport().listener()))
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
