package io.echorack.echo.loop;

import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Tap;
import io.echorack.wire.BindFailure;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The event loops that all servers share, one a core, each with its own tap.
public final class Loops {
    private final Transport transport;
    private final Sockets sockets;
    private final EventLoopGroup group;
    private final IdentityHashMap<EventExecutor, Tap> taps = new IdentityHashMap<>();

    public Loops(Transport transport, Sockets sockets, int count, Tap.Source source) {
        this.transport = transport;
        this.sockets = sockets;
        group = transport.loops("echo-io", count);
        int number = 0;
        for (EventExecutor loop : group) {
            taps.put(loop, source.ofLoop(number++));
        }
    }

    public int count() {
        return taps.size();
    }

    public Transport transport() {
        return transport;
    }

    public Sockets sockets() {
        return sockets;
    }

    public EventLoopGroup group() {
        return group;
    }

    public List<EventLoop> all() {
        List<EventLoop> all = new ArrayList<>();
        group.forEach(loop -> all.add((EventLoop) loop));
        return all;
    }

    public Tap tapOf(EventExecutor loop) {
        return Objects.requireNonNull(taps.get(loop), "a loop of another group");
    }

    /// Binds and waits for it; a `Problem` says why not.
    public Channel bind(ServerSpec spec, int port, AbstractBootstrap<?, ?> bootstrap) {
        ChannelFuture bound;
        try {
            InetAddress host = InetAddress.getByName(spec.address());
            bound = bootstrap.bind(new InetSocketAddress(host, port));
            bound.awaitUninterruptibly();
        } catch (UnknownHostException unknown) {
            throw BindFailure.problem(spec, unknown);
        }
        if (!bound.isSuccess()) {
            throw BindFailure.problem(spec, Objects.requireNonNull(bound.cause()));
        }
        return bound.channel();
    }

    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
