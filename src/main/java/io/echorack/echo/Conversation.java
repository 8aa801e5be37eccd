package io.echorack.echo;

import io.echorack.model.Address;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.engine.ConnectionView.State;
import io.echorack.model.spec.Protocol;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The books of one connection or UDP peer: its counters, its server's, and every event of it.
///
/// Thread: written by the loop of its channel alone, read by anybody.
final class Conversation {
    private final Protocol protocol;
    private final Origin origin;
    private final Tap tap;
    private final ServerCounters server;
    private final Instant openedAt = Instant.now();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong messagesIn = new AtomicLong();
    private final AtomicLong messagesOut = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private volatile long leftover;
    private volatile State state = State.OPEN;
    private volatile @Nullable Instant closedAt;
    private volatile @Nullable Side closedBy;
    private volatile @Nullable CloseKind closeKind;

    Conversation(Protocol protocol, Origin origin, Tap tap, ServerCounters server) {
        this.protocol = protocol;
        this.origin = origin;
        this.tap = tap;
        this.server = server;
    }

    InetSocketAddress peer() {
        return Objects.requireNonNull(origin.peer());
    }

    InetSocketAddress local() {
        return Objects.requireNonNull(origin.local());
    }

    /// Messages that came in so far.
    long messages() {
        return messagesIn.getPlain();
    }

    long number() {
        return origin.connection();
    }

    void opened() {
        server.connectionsAccepted.increment();
        tell(EventKind.CONNECTION_OPENED, Detail.of("local", Address.text(origin.local())));
    }

    /// One receive call brought these bytes; gives back the read's number.
    long read(ByteBuf bytes, int capture) {
        int length = bytes.readableBytes();
        long number = add(reads, 1);
        long offset = add(bytesIn, length) - length;
        server.bytesIn.add(length);
        tell(
                EventKind.READ,
                Direction.IN,
                bytes,
                length,
                offset,
                number,
                number,
                Detail.NONE,
                capture);
        return number;
    }

    /// A message was cut from the stream.
    void frame(ByteBuf message, long offset, long firstRead, long lastRead, int capture) {
        add(messagesIn, 1);
        server.messagesIn.increment();
        int length = message.readableBytes();
        tell(
                EventKind.FRAME,
                Direction.IN,
                message,
                length,
                offset,
                firstRead,
                lastRead,
                Detail.NONE,
                capture);
    }

    /// So many bytes wait to become a message.
    void waiting(long bytes) {
        leftover = bytes;
    }

    /// A message's answer goes to the socket.
    void write(ByteBuf answer, int capture) {
        int length = answer.readableBytes();
        long offset = countOut(length);
        tell(EventKind.WRITE, Direction.OUT, answer, length, offset, 0, 0, Detail.NONE, capture);
    }

    /// A datagram came in, already cut to the buffer; that many bytes went.
    void datagramIn(ByteBuf bytes, int truncated, int capture) {
        int length = bytes.readableBytes();
        add(reads, 1);
        add(messagesIn, 1);
        add(bytesIn, length);
        server.messagesIn.increment();
        server.bytesIn.add(length);
        server.truncatedBytes.add(truncated);
        Detail cut = truncated == 0 ? Detail.NONE : Detail.of("truncatedBytes", truncated);
        tell(EventKind.DATAGRAM, Direction.IN, bytes, length, 0, 0, 0, cut, capture);
    }

    void datagramOut(ByteBuf bytes, int capture) {
        int length = bytes.readableBytes();
        countOut(length);
        tell(EventKind.DATAGRAM, Direction.OUT, bytes, length, 0, 0, 0, Detail.NONE, capture);
    }

    /// A guard left a datagram or its answer aside.
    void guarded(String reason) {
        server.refusedByGuard.increment();
        tell(EventKind.GUARD, Detail.of("reason", reason));
    }

    /// The client said that it sends no more; what makes no whole message is left over, if that is known yet.
    void halfClosed(OptionalLong leftoverBytes) {
        state = State.HALF_CLOSED;
        Detail byClient = Detail.of("by", "client");
        tell(
                EventKind.CONNECTION_HALF_CLOSED,
                leftoverBytes.isPresent()
                        ? byClient.and("leftoverBytes", leftoverBytes.getAsLong())
                        : byClient);
    }

    void closed(Side by, CloseKind kind, long leftoverBytes, String reason) {
        leftover = leftoverBytes;
        closedAt = Instant.now();
        closedBy = by;
        closeKind = kind;
        state = State.CLOSED;
        Detail how =
                Detail.of("closedBy", by == Side.CLIENT ? "client" : "server")
                        .and("closeKind", kind.text())
                        .and("leftoverBytes", leftoverBytes);
        tell(EventKind.CONNECTION_CLOSED, reason.isEmpty() ? how : how.and("reason", reason));
    }

    ConnectionView view() {
        return new ConnectionView(
                Origin.connectionName(number()),
                origin.server(),
                protocol,
                state,
                Address.text(origin.peer()),
                Address.text(origin.local()),
                openedAt,
                closedAt,
                closedBy,
                closeKind,
                reads.get(),
                messagesIn.get(),
                messagesOut.get(),
                bytesIn.get(),
                bytesOut.get(),
                leftover);
    }

    private long countOut(int length) {
        add(messagesOut, 1);
        server.messagesOut.increment();
        server.bytesOut.add(length);
        return add(bytesOut, length) - length;
    }

    private void tell(EventKind kind, Detail detail) {
        if (!tap.tell(kind, origin, detail)) {
            server.eventsLost.increment();
        }
    }

    private void tell(
            EventKind kind,
            Direction direction,
            ByteBuf bytes,
            int length,
            long offset,
            long firstRead,
            long lastRead,
            Detail detail,
            int capture) {
        int captured = Math.min(length, capture);
        boolean told =
                tap.tell(
                        kind,
                        direction,
                        origin,
                        length,
                        offset,
                        firstRead,
                        lastRead,
                        detail,
                        captured == 0
                                ? Tap.NO_BYTES
                                : bytes.internalNioBuffer(bytes.readerIndex(), captured));
        if (!told) {
            server.eventsLost.increment();
        }
    }

    /// One writer: a plain addition that readers see in order.
    private static long add(AtomicLong sum, long more) {
        long grown = sum.getPlain() + more;
        sum.setRelease(grown);
        return grown;
    }
}
