package io.echorack.echo.tcp;

import io.echorack.echo.loop.Loops;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.Granted;
import io.echorack.wire.KernelCounts;
import io.echorack.wire.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Where a TCP server listens: one socket, or with `reusePort` one a loop, over which the kernel spreads those who
/// connect (socket(7)). Accepted connections go to all loops in turn either way.
final class Listeners {
    private final List<Channel> sockets = new ArrayList<>();

    private Listeners() {}

    /// Binds and waits for it; a `Problem` says why not.
    ///
    /// @param bootstrap without a group
    static Listeners open(Loops loops, ServerSpec spec, int port, ServerBootstrap bootstrap) {
        Listeners listeners = new Listeners();
        try {
            for (EventLoopGroup accepts : accepting(loops, spec)) {
                int next = listeners.sockets.isEmpty() ? port : listeners.address().getPort();
                ServerBootstrap one = bootstrap.clone().group(accepts, loops.group());
                listeners.sockets.add(loops.bind(spec, next, one));
            }
            return listeners;
        } catch (RuntimeException unbound) {
            listeners.close();
            throw unbound;
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) sockets.getFirst().localAddress();
    }

    Map<String, Object> granted(ServerSpec spec) {
        Map<String, Object> granted = Granted.ofTcp(sockets.getFirst(), spec.options());
        granted.put("listeners", sockets.size());
        return granted;
    }

    /// What was granted, and how many wait to be accepted.
    Map<String, Object> now(Map<String, Object> granted) {
        Map<String, Object> now = new LinkedHashMap<>(granted);
        sockets.stream()
                .map(KernelCounts::acceptQueue)
                .flatMapToLong(OptionalLong::stream)
                .reduce(Long::sum)
                .ifPresent(waiting -> now.put("acceptQueue", waiting));
        return now;
    }

    void close() {
        sockets.forEach(one -> one.close().syncUninterruptibly());
    }

    private static List<? extends EventLoopGroup> accepting(Loops loops, ServerSpec spec) {
        boolean spreads = spec.options().reusesPort() && loops.transport() == Transport.EPOLL;
        return spreads ? loops.all() : List.of(loops.group());
    }
}
