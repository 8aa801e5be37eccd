package io.echorack.echo.books;

import io.echorack.model.Address;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.engine.ConnectionView.State;
import io.echorack.model.engine.TlsSession;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.Protocol;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The books of one connection or UDP peer: its counters, its server's, and every event of it.
///
/// Thread: written by the loop of its channel alone, read by anybody.
public final class Conversation {
    private final Protocol protocol;
    private final Origin origin;
    private final Tap tap;
    private final ServerCounters.Share server;
    private final Instant openedAt = Instant.now();
    private final Tally reads = new Tally();
    private final Tally messagesIn = new Tally();
    private final Tally messagesOut = new Tally();
    private final Tally bytesIn = new Tally();
    private final Tally bytesOut = new Tally();
    private long at;
    private volatile long leftover;
    private volatile State state = State.OPEN;
    private volatile @Nullable TlsSession tls;
    private volatile boolean readPaused;
    private volatile @Nullable Instant closedAt;
    private volatile @Nullable Side closedBy;
    private volatile @Nullable CloseKind closeKind;

    public Conversation(Protocol protocol, Origin origin, Tap tap, ServerCounters.Share server) {
        this.protocol = protocol;
        this.origin = origin;
        this.tap = tap;
        this.server = server;
    }

    public Origin origin() {
        return origin;
    }

    /// Bytes that came in so far.
    public long bytes() {
        return bytesIn.now();
    }

    /// Messages that came in so far.
    public long messages() {
        return messagesIn.now();
    }

    public long number() {
        return origin.connection();
    }

    public void opened() {
        server.connectionsAccepted.add(1);
        tell(EventKind.CONNECTION_OPENED, Detail.of("local", Address.text(origin.local())));
    }

    /// A TLS handshake is through.
    public void secured(TlsSession session) {
        tls = session;
        tell(EventKind.TLS_HANDSHAKE, Told.shaken(session));
    }

    public void handshakeFailed(String reason) {
        tell(EventKind.TLS_HANDSHAKE, Told.notShaken(reason));
    }

    /// What its TLS handshake agreed on, if there was one.
    public @Nullable TlsSession tls() {
        return tls;
    }

    /// Reads the clock for the events that follow: once for all that one wake-up brings, since it costs as much as they do.
    public long look() {
        at = System.nanoTime();
        return at;
    }

    /// One receive call brought these bytes; gives back the read's number.
    public long read(ByteBuf bytes, int capture) {
        int length = bytes.readableBytes();
        long number = reads.add(1) + 1;
        long offset = bytesIn.add(length);
        server.bytesIn.add(length);
        tell(EventKind.READ, Direction.IN, bytes, offset, number, number, Detail.NONE, capture);
        return number;
    }

    /// A message was cut from the stream.
    public void frame(ByteBuf message, long offset, long firstRead, long lastRead, int capture) {
        messagesIn.add(1);
        server.messagesIn.add(1);
        tell(
                EventKind.FRAME,
                Direction.IN,
                message,
                offset,
                firstRead,
                lastRead,
                Detail.NONE,
                capture);
    }

    /// So many bytes wait to become a message.
    public void waiting(long bytes) {
        if (leftover != bytes) {
            leftover = bytes;
        }
    }

    /// A message's answer goes to the socket, or a piece of it.
    ///
    /// @param touched by which faults
    /// @param beginning whether its first byte is in the piece
    public void write(ByteBuf answer, Detail touched, boolean beginning, int capture) {
        long offset = countOut(answer.readableBytes(), beginning ? 1 : 0);
        tell(EventKind.WRITE, Direction.OUT, answer, offset, 0, 0, touched, capture);
    }

    /// A fault struck a message: these bytes, so far. They are captured where nothing else will show them.
    public void fault(String id, Fault fault, Detail told, ByteBuf bytes, int capture) {
        server.struck(id, fault);
        tell(EventKind.FAULT, fault.way(), bytes, 0, 0, 0, told, capture);
    }

    /// A datagram came in, already cut to the buffer; that many bytes went.
    public void datagramIn(ByteBuf bytes, int truncated, int capture) {
        int length = bytes.readableBytes();
        reads.add(1);
        messagesIn.add(1);
        bytesIn.add(length);
        server.messagesIn.add(1);
        server.bytesIn.add(length);
        server.truncatedBytes.add(truncated);
        Detail cut = truncated == 0 ? Detail.NONE : Detail.of("truncatedBytes", truncated);
        tell(EventKind.DATAGRAM, Direction.IN, bytes, 0, 0, 0, cut, capture);
    }

    public void datagramOut(ByteBuf bytes, Detail touched, int capture) {
        countOut(bytes.readableBytes(), 1);
        tell(EventKind.DATAGRAM, Direction.OUT, bytes, 0, 0, 0, touched, capture);
    }

    /// A guard left a datagram or its answer aside.
    public void guarded(String reason) {
        server.refusedByGuard.add(1);
        tell(EventKind.GUARD, Detail.of("reason", reason));
    }

    /// One side sends no more; of what the client sent, what makes no whole message is left over, if that is known yet.
    public void halfClosed(Side by, OptionalLong leftoverBytes, String remark) {
        state = State.HALF_CLOSED;
        tell(EventKind.CONNECTION_HALF_CLOSED, Told.halfClosed(by, leftoverBytes, remark));
    }

    public void readPaused(boolean paused) {
        if (readPaused != paused) {
            readPaused = paused;
        }
    }

    public void closed(Side by, CloseKind kind, long leftoverBytes, String reason) {
        leftover = leftoverBytes;
        readPaused = false;
        closedAt = Instant.now();
        closedBy = by;
        closeKind = kind;
        state = State.CLOSED;
        tell(EventKind.CONNECTION_CLOSED, Told.closed(by, kind, leftoverBytes, reason));
    }

    public ConnectionView view() {
        return new ConnectionView(
                Origin.connectionName(number()),
                origin.server(),
                protocol,
                state,
                readPaused,
                Address.text(origin.peer()),
                Address.text(origin.local()),
                tls,
                openedAt,
                closedAt,
                closedBy,
                closeKind,
                reads.now(),
                messagesIn.now(),
                messagesOut.now(),
                bytesIn.now(),
                bytesOut.now(),
                leftover);
    }

    private long countOut(int length, int messages) {
        messagesOut.add(messages);
        server.messagesOut.add(messages);
        server.bytesOut.add(length);
        return bytesOut.add(length);
    }

    private void tell(EventKind kind, Detail detail) {
        if (!tap.tell(kind, origin, detail)) {
            server.eventsLost.add(1);
        }
    }

    private void tell(
            EventKind kind,
            Direction direction,
            ByteBuf bytes,
            long offset,
            long firstRead,
            long lastRead,
            Detail detail,
            int capture) {
        int length = bytes.readableBytes();
        int captured = Math.min(length, capture);
        boolean told =
                tap.tell(
                        at,
                        kind,
                        direction,
                        origin,
                        length,
                        offset,
                        firstRead,
                        lastRead,
                        detail,
                        captured == 0 ? Tap.NO_BYTES : Head.of(bytes, captured));
        if (!told) {
            server.eventsLost.add(1);
        }
    }
}
