package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.loop.Loops;
import io.echorack.echo.loop.Waiting;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import io.echorack.wire.tls.SelfSigned;
import io.echorack.wire.tls.ServerTls;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP server: it listens, admits connections up to its limit, and gives each what the spec says at that moment.
public final class TcpServer implements LiveServer, TcpRoad.Server {
    private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);

    private final Loops loops;
    private final Conversations conversations;
    private final ServerCounters counters = new ServerCounters();
    private final Set<TcpConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Optional<ServerTls> tls;
    private final Listener listener;
    private volatile boolean stopping;
    private volatile ServerSpec spec;
    private volatile Answerer answerer;

    public TcpServer(
            ServerSpec spec, Loops loops, Conversations conversations, SelfSigned selfSigned) {
        this.spec = spec;
        tls = ServerTls.of(spec, selfSigned);
        this.loops = loops;
        this.conversations = conversations;
        answerer = Answerer.of(spec.behaves());
        listener = new Listener(spec, loops, counters, this::admit);
        listener.look(spec);
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
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
        return new Threads(IoModel.EVENT_LOOP, loops.count());
    }

    @Override
    public Map<String, Object> socket() {
        return listener.options();
    }

    @Override
    public Optional<Certificate> certificate() {
        return tls.map(ServerTls::certificate);
    }

    @Override
    public void apply(ServerSpec changed) {
        if (!changed.behaves().equals(spec.behaves())) {
            answerer = Answerer.of(changed.behaves());
        }
        spec = changed;
        counters.keepFaults(changed);
        open.forEach(TcpConnection::specChanged);
        listener.look(spec);
    }

    @Override
    public Map<String, Long> faults() {
        return counters.faults(spec);
    }

    @Override
    public void unlisten() {
        listener.close();
    }

    @Override
    public void listenAgain() {
        listener.open(spec);
    }

    @Override
    public int stop(Duration drain) {
        stopping = true;
        unlisten();
        Waiting.until(open::isEmpty, drain);
        int closed = open.size();
        open.forEach(one -> one.close(CloseKind.STOP));
        Waiting.until(open::isEmpty, Waiting.FLUSH);
        open.forEach(one -> one.close(CloseKind.STOP));
        Waiting.until(open::isEmpty, Waiting.CLOSE);
        return closed;
    }

    @Override
    public ServerSpec spec() {
        return spec;
    }

    @Override
    public Answerer answerer() {
        return answerer;
    }

    void opened(TcpConnection one) {
        open.add(one);
        conversations.opened(one);
        if (stopping) {
            one.close(CloseKind.STOP);
        }
    }

    void closed(TcpConnection one) {
        open.remove(one);
        conversations.closed(one);
    }

    Conversations conversations() {
        return conversations;
    }

    /// A failure of ours, not of the network's.
    void surprise(Throwable cause) {
        LOG.error("A connection of {} failed", spec.name(), cause);
    }

    private void admit(SocketChannel channel) {
        ServerSpec now = spec;
        Tap tap = loops.tapOf(channel.eventLoop());
        if (!now.bears().admits(channel.remoteAddress().getAddress())) {
            refuse(channel, tap, now, "its address is not allowed");
            return;
        }
        if (admitted.incrementAndGet() > now.bears().connections()) {
            admitted.decrementAndGet();
            String why = "maxConnections, %,d, are open".formatted(now.bears().connections());
            refuse(channel, tap, now, why);
            return;
        }
        channel.closeFuture().addListener(_ -> admitted.decrementAndGet());
        if (!loops.sockets().admit(channel)) {
            refuse(channel, tap, now, loops.sockets().whyNot());
            return;
        }
        configure(channel.config(), now.options());
        Origin origin =
                Origin.of(
                        now.name(),
                        conversations.nextNumber(),
                        channel.remoteAddress(),
                        channel.localAddress());
        Conversation conversation =
                new Conversation(Protocol.TCP, origin, tap, counters.of(channel.eventLoop()));
        channel.pipeline()
                .addLast(
                        new TcpConnection(
                                this,
                                channel,
                                Line.of(channel, tls),
                                conversation,
                                now.frames(),
                                Arrivals.ordinalOf(channel)));
    }

    private void refuse(SocketChannel channel, Tap tap, ServerSpec now, String why) {
        Origin origin =
                Origin.of(
                        now.name(),
                        Origin.NO_CONNECTION,
                        channel.remoteAddress(),
                        channel.localAddress());
        counters.of(channel.eventLoop()).refused(tap, origin, why);
        channel.close();
    }

    private void configure(SocketChannelConfig config, SocketOptions options) {
        config.setTcpNoDelay(options.noDelay());
        config.setKeepAlive(options.keepsAlive());
        if (options.lingerSeconds() != null) {
            config.setSoLinger(options.lingerSeconds());
        }
        config.setRecvByteBufAllocator(new Sips(options.readBytes(), conversations::isScarce));
    }
}
