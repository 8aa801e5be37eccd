package io.echorack.echo.blocking;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.loop.Waiting;
import io.echorack.echo.tcp.TcpRoad;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Origin;
import io.echorack.wire.BlockingSockets;
import io.echorack.wire.Granted;
import io.echorack.wire.ListenRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP server as courses begin with it: a thread waits in accept(2), and the connection it brings is served by a thread of the
/// system, by a virtual one, or by the same before it accepts the next.
public final class BlockingServer implements LiveServer, TcpRoad.Server {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingServer.class);

    private final Crew crew;
    private final Conversations conversations;
    private final ServerCounters counters = new ServerCounters();
    private final Set<BlockingConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Acceptor acceptor;
    private final InetSocketAddress address;
    private final Map<String, Object> granted;
    private volatile boolean stopping;
    private volatile ServerSpec spec;
    private volatile Answerer answerer;

    public BlockingServer(ServerSpec spec, Crew crew, Conversations conversations) {
        this.spec = spec;
        this.crew = crew;
        this.conversations = conversations;
        answerer = Answerer.of(spec.behaves());
        ServerSocketChannel listener =
                BlockingSockets.listen(spec, spec.portOrAny(), spec.options().reusesAddress());
        try {
            address = (InetSocketAddress) listener.getLocalAddress();
            granted = Granted.ofTcp(listener, spec.options());
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        acceptor = new Acceptor(listener, spec, counters, crew.tap(), this::admit);
        acceptor.look(spec);
        crew.add(this);
        acceptor.start();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Counters counters() {
        return counters.now();
    }

    @Override
    public int connections() {
        return open.size();
    }

    @Override
    public Threads threads() {
        int accepting = acceptor.isAlive() ? 1 : 0;
        boolean alone = spec.waits() == IoModel.ITERATIVE;
        return new Threads(spec.waits(), alone ? accepting : accepting + admitted.get());
    }

    @Override
    public Map<String, Object> socket() {
        Map<String, Object> now = new LinkedHashMap<>(granted);
        if (!spec.options().reusesPort()) {
            ListenRow.acceptQueue(address).ifPresent(waiting -> now.put("acceptQueue", waiting));
        }
        return now;
    }

    @Override
    public Map<String, Long> faults() {
        return counters.faults(spec);
    }

    @Override
    public void apply(ServerSpec changed) {
        if (!changed.behaves().equals(spec.behaves())) {
            answerer = Answerer.of(changed.behaves());
        }
        spec = changed;
        counters.keepFaults(changed);
        open.forEach(BlockingConnection::specChanged);
        acceptor.look(changed);
    }

    @Override
    public void unlisten() {
        acceptor.leave();
    }

    @Override
    public void listenAgain() {
        // It was ours a moment ago: what our own connections hold of it is no obstacle.
        acceptor.goOnWith(BlockingSockets.listen(spec, address.getPort(), true));
    }

    @Override
    public int stop(Duration drain) {
        stopping = true;
        acceptor.end();
        BooleanSupplier empty = () -> admitted.get() == 0;
        Waiting.until(empty, drain);
        int closed = open.size();
        open.forEach(one -> one.close(CloseKind.STOP));
        Waiting.until(empty, Waiting.FLUSH);
        open.forEach(one -> one.close(CloseKind.STOP));
        Waiting.until(() -> empty.getAsBoolean() && !acceptor.isAlive(), Waiting.CLOSE);
        crew.remove(this);
        return closed;
    }

    /// Ends without waiting for anybody: the program does.
    void drop() {
        stopping = true;
        acceptor.end();
        open.forEach(one -> one.close(CloseKind.STOP));
        open.forEach(BlockingConnection::force);
    }

    @Override
    public ServerSpec spec() {
        return spec;
    }

    Crew crew() {
        return crew;
    }

    Conversations conversations() {
        return conversations;
    }

    @Override
    public Answerer answerer() {
        return answerer;
    }

    void opened(BlockingConnection one) {
        open.add(one);
        conversations.opened(one);
        if (stopping) {
            one.close(CloseKind.STOP);
        }
    }

    void closed(BlockingConnection one) {
        open.remove(one);
        conversations.closed(one);
        counters.end(one.conversation().origin());
    }

    /// A failure of ours, not of the network's.
    void surprise(Throwable cause) {
        LOG.error("A connection of {} failed", spec.name(), cause);
    }

    void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException unclosed) {
            surprise(unclosed);
        }
    }

    private void admit(SocketChannel channel, long ordinal) {
        ServerSpec now = spec;
        try {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            @Nullable String why = refusal(now, peer);
            if (why == null) {
                BlockingSockets.configure(channel, now.options());
                Origin origin = Origin.of(now.name(), conversations.nextNumber(), peer, local);
                why = serve(channel, now, origin, ordinal);
            }
            if (why != null) {
                Origin origin = Origin.of(now.name(), Origin.NO_CONNECTION, peer, local);
                counters.of(acceptor).refused(crew.tap(), origin, why);
                close(channel);
            }
        } catch (IOException | RuntimeException failed) {
            surprise(failed);
            close(channel);
        }
    }

    private @Nullable String refusal(ServerSpec now, InetSocketAddress peer) {
        if (!now.bears().admits(peer.getAddress())) {
            return "its address is not allowed";
        }
        return admitted.get() >= now.bears().connections()
                ? "maxConnections, %,d, are open".formatted(now.bears().connections())
                : null;
    }

    private @Nullable String serve(
            SocketChannel channel, ServerSpec now, Origin origin, long ordinal) {
        Conversation conversation =
                new Conversation(Protocol.TCP, origin, crew.tap(), counters.of(origin));
        BlockingConnection one =
                new BlockingConnection(this, channel, conversation, now.frames(), ordinal);
        admitted.incrementAndGet();
        Runnable work =
                () -> {
                    one.run();
                    admitted.decrementAndGet();
                };
        @Nullable String why =
                crew.give(now.waits(), "echo-conn-" + one.name(), now.options().readBytes(), work);
        if (why != null) {
            admitted.decrementAndGet();
            counters.end(origin);
        }
        return why;
    }
}
