package io.echorack.echo.udp;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.books.ServerCounters;
import io.echorack.model.Problem;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whom a UDP server has heard from: one peer a source address, forgotten after a while of silence; at the ceiling the
/// one longest silent goes.
///
/// Thread: its socket's loop; only the count is read by others.
final class UdpPeers {
    private static final long DEFAULT_IDLE_MILLIS = 60_000;
    private static final long SWEEP_MILLIS = 1_000;

    private final Supplier<ServerSpec> spec;
    private final Supplier<Answerer> answerer;
    private final Conversations conversations;
    private final ServerCounters counters;
    private final OwnSockets ownSockets;
    private final Map<InetSocketAddress, Peer> bySilence = new LinkedHashMap<>(16, 0.75f, true);
    private volatile int count;
    private boolean sweeping;
    private long met;
    private @Nullable Tap tap;
    private @Nullable Channel socket;

    UdpPeers(
            Supplier<ServerSpec> spec,
            Supplier<Answerer> answerer,
            Conversations conversations,
            ServerCounters counters,
            OwnSockets ownSockets) {
        this.ownSockets = ownSockets;
        this.spec = spec;
        this.answerer = answerer;
        this.conversations = conversations;
        this.counters = counters;
    }

    void begin(Tap loopTap, Channel channel) {
        tap = loopTap;
        socket = channel;
    }

    int count() {
        return count;
    }

    Peer heardFrom(InetSocketAddress address) {
        @Nullable Peer known = bySilence.get(address);
        if (known == null) {
            known = meet(address);
        }
        known.lastHeard = known.conversation.look();
        return known;
    }

    /// Someone who is not answered has sent something: it is told, and no peer is made of it.
    void turnAway(InetSocketAddress sender) {
        new Conversation(
                        Protocol.UDP,
                        Origin.of(
                                spec.get().name(),
                                Origin.NO_CONNECTION,
                                sender,
                                (InetSocketAddress) Objects.requireNonNull(socket).localAddress()),
                        Objects.requireNonNull(tap),
                        counters.of(Objects.requireNonNull(socket).eventLoop()))
                .guarded("its address is not allowed");
    }

    /// Faults have changed.
    void look() {
        bySilence.values().forEach(peer -> peer.road.look());
    }

    void end(CloseKind how) {
        for (Peer peer : List.copyOf(bySilence.values())) {
            forget(peer, how, "");
        }
    }

    private Peer meet(InetSocketAddress address) {
        int ceiling = spec.get().bears().connections();
        while (bySilence.size() >= ceiling) {
            forget(
                    bySilence.values().iterator().next(),
                    CloseKind.LIMIT,
                    "maxConnections, %,d, peers are known: the one longest silent was forgotten"
                            .formatted(ceiling));
        }
        Channel channel = Objects.requireNonNull(socket);
        Origin origin =
                Origin.of(
                        spec.get().name(),
                        conversations.nextNumber(),
                        address,
                        (InetSocketAddress) channel.localAddress());
        Peer peer =
                new Peer(
                        address,
                        new Conversation(
                                Protocol.UDP,
                                origin,
                                Objects.requireNonNull(tap),
                                counters.of(channel.eventLoop())));
        bySilence.put(address, peer);
        count = bySilence.size();
        conversations.opened(peer);
        sweepLater();
        return peer;
    }

    private void forget(Peer peer, CloseKind how, String why) {
        if (bySilence.remove(peer.address) == null) {
            return;
        }
        count = bySilence.size();
        peer.road.end();
        peer.conversation.closed(Side.SERVER, how, 0, why);
        conversations.closed(peer);
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            Objects.requireNonNull(socket)
                    .eventLoop()
                    .schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        int asked = spec.get().bears().idleMillis();
        long limit = asked == 0 ? DEFAULT_IDLE_MILLIS : asked;
        long oldest = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(limit);
        Iterator<Peer> longestSilentFirst = List.copyOf(bySilence.values()).iterator();
        boolean silent = true;
        while (silent && longestSilentFirst.hasNext()) {
            Peer peer = longestSilentFirst.next();
            silent = peer.lastHeard - oldest <= 0;
            if (silent && !peer.road.holds()) {
                forget(peer, CloseKind.IDLE_TIMEOUT, "silent for %,d ms".formatted(limit));
            }
        }
        if (!bySilence.isEmpty()) {
            sweepLater();
        }
    }

    /// One source address.
    final class Peer implements Conversations.Open, Party {
        private final InetSocketAddress address;
        private final Conversation conversation;
        private final UdpRoad road;
        private long lastHeard;

        private Peer(InetSocketAddress address, Conversation conversation) {
            this.address = address;
            this.conversation = conversation;
            road =
                    new UdpRoad(
                            spec,
                            answerer,
                            conversations,
                            Objects.requireNonNull(socket),
                            conversation,
                            new UdpGuard(address, ownSockets),
                            this,
                            ++met);
        }

        /// It has sent this.
        void sends(ByteBuf datagram) {
            road.hear(datagram, lastHeard);
        }

        @Override
        public Conversation conversation() {
            return conversation;
        }

        @Override
        public void act(ConnectionAct act) {
            Objects.requireNonNull(socket)
                    .eventLoop()
                    .submit(() -> perform(act))
                    .syncUninterruptibly();
        }

        /// Every datagram is one read.
        @Override
        public long firstRead() {
            return conversation.messages();
        }

        @Override
        public long lastRead() {
            return conversation.messages();
        }

        @Override
        public byte[] framed(byte[] content) {
            return content;
        }

        @Override
        public void hangUp() {
            forget(this, CloseKind.FIN, "");
        }

        @Override
        public void close(CloseKind how) {
            Objects.requireNonNull(socket).eventLoop().execute(() -> forget(this, how, ""));
        }

        private void perform(ConnectionAct act) {
            if (bySilence.get(address) != this) {
                throw new Problem(Problem.Code.NOT_RUNNING, address + " was forgotten.");
            }
            Channel from = Objects.requireNonNull(socket);
            Post.act(act, from, conversation, spec.get().captures().bytes());
        }
    }
}
