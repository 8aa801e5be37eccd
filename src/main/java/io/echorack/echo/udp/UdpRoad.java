package io.echorack.echo.udp;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.fault.Ways;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Road;
import io.echorack.echo.loop.Plans;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A peer's datagrams on their way to the behavior, and the answers on theirs back, past its guard and the faults that lie
/// there.
///
/// Thread: the socket's loop.
final class UdpRoad implements Road {
    private static final Framing NO_FRAMING = new Framing.Raw();

    private final Supplier<ServerSpec> spec;
    private final Supplier<Answerer> answerer;
    private final Conversations conversations;
    private final Channel socket;
    private final Conversation conversation;
    private final UdpGuard guard;
    private final Party party;
    private final Plans plans;
    private final Ways ways;
    private long answers;
    private long held;

    /// @param ordinal of how many peers of its server it is
    UdpRoad(
            Supplier<ServerSpec> spec,
            Supplier<Answerer> answerer,
            Conversations conversations,
            Channel socket,
            Conversation conversation,
            UdpGuard guard,
            Party party,
            long ordinal) {
        this.spec = spec;
        this.answerer = answerer;
        this.conversations = conversations;
        this.socket = socket;
        this.conversation = conversation;
        this.guard = guard;
        this.party = party;
        plans = new Plans(socket.eventLoop());
        ways = new Ways(ordinal, conversation, this);
        look();
    }

    /// Looks which faults there are, at the beginning and when they have changed.
    void look() {
        ways.lay(spec.get().suffers());
    }

    /// @param heardAt by `System.nanoTime()`
    void hear(ByteBuf datagram, long heardAt) {
        look();
        @Nullable String refusal = guard.refusesQuestion(datagram, spec.get().bears(), heardAt);
        if (refusal != null) {
            datagram.release();
            conversation.guarded(refusal);
        } else if (ways.isPlain()) {
            respond(datagram, List.of());
        } else {
            ways.take(Direction.IN, new Parcel(conversation.messages(), datagram, List.of()));
        }
    }

    /// Whether something is held up for it.
    boolean holds() {
        return held > 0;
    }

    /// The peer is forgotten: what is held up for it goes at once, as long as there is a socket.
    void end() {
        if (socket.isActive()) {
            ways.lay(List.of());
            socket.flush();
        }
        ways.release();
        plans.forget();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void after(long nanos, Runnable then) {
        plans.after(
                nanos,
                () -> {
                    try {
                        conversation.look();
                        then.run();
                        socket.flush();
                    } catch (RuntimeException failed) {
                        socket.pipeline().fireExceptionCaught(failed);
                    }
                });
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Framing framing() {
        return NO_FRAMING;
    }

    @Override
    public int captures() {
        return spec.get().captures().bytes();
    }

    @Override
    public boolean hold(long bytes) {
        held += bytes;
        boolean fits = conversations.holdUp(bytes);
        return fits && (bytes < 0 || held <= Ceilings.FAULT_HELD_BYTES_PER_PEER);
    }

    @Override
    public void arrives(Direction way, Parcel message) {
        if (way == Direction.IN) {
            respond(message.bytes(), message.struckBy());
        } else {
            send(message.bytes(), Detail.faults(message.struckBy()));
        }
    }

    /// No fault that does this is for udp.
    @Override
    public void cutOff(Direction way, boolean reset, String why) {
        throw new IllegalStateException(why);
    }

    private void respond(ByteBuf datagram, List<String> struckBy) {
        @Nullable ByteBuf answer =
                answerer.get()
                        .answer(datagram, datagram.readerIndex(), datagram.readableBytes(), party);
        if (answer == null) {
            return;
        }
        answers++;
        if (ways.isPlain()) {
            send(answer, Detail.NONE);
        } else {
            ways.take(Direction.OUT, new Parcel(answers, answer, struckBy));
        }
    }

    private void send(ByteBuf answer, Detail touched) {
        ServerSpec now = spec.get();
        @Nullable String refusal = guard.refusesAnswer(answer, now.bears());
        if (refusal != null) {
            answer.release();
            conversation.guarded(refusal);
            return;
        }
        conversation.datagramOut(answer, touched, now.captures().bytes());
        InetSocketAddress peer = Objects.requireNonNull(conversation.origin().peer());
        Post.send(socket, answer, peer);
    }
}
