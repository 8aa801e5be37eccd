package io.echorack.client;

import io.echorack.model.Ceilings;
import io.echorack.model.run.Aim;
import io.echorack.model.spec.Protocol;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection of a run: it sends while it may, cuts what comes back into answers, and hands them to be matched.
///
/// Thread: its run's loop.
final class Caller extends ChannelInboundHandlerAdapter {
    private final PingPong run;
    private final Figures figures;
    private final Window window;
    private final Matcher matcher;
    private final @Nullable InOrder inOrder;
    private final FrameCutter cutter;
    private final boolean datagram;
    private final int inFlight;
    private final int mostOverdue;
    private final long timeoutNanos;
    private final Reads reads = new Reads();
    private final ByteBuf received = Unpooled.buffer();
    private final long begun = System.nanoTime();
    private @Nullable Channel channel;
    private int opening;
    private long tookAt = begun;
    private boolean up;
    private boolean gone;

    /// @param number its place among the connections, counted from 1
    Caller(PingPong run, int number, Aim aim, Messages messages, Figures figures, RunPlan plan) {
        this.run = run;
        this.figures = figures;
        window = new Window(figures, plan.timeoutNanos());
        datagram = aim.protocol() == Protocol.UDP;
        boolean whole = datagram || messages.framed();
        inOrder = whole ? null : new InOrder(window, figures, number, messages.any());
        matcher =
                inOrder != null
                        ? inOrder
                        : new ByContent(window, figures, number, messages, plan.connections());
        cutter = FrameCutter.of(aim.framing());
        inFlight = plan.inFlight();
        timeoutNanos = plan.timeoutNanos();
        mostOverdue =
                Math.clamp(
                        Ceilings.RUN_FLIGHT_BYTES
                                / plan.connections()
                                / Math.max(1, messages.longest()),
                        plan.inFlight(),
                        Ceilings.RUN_OVERDUE);
        opening = messages.openingBytes();
    }

    boolean isGone() {
        return gone;
    }

    Window window() {
        return window;
    }

    /// Sends as long as the window, the socket and the run have room.
    void pump() {
        Channel to = channel;
        if (!up || gone || to == null) {
            return;
        }
        boolean wrote = false;
        while (window.size() < inFlight && to.isWritable()) {
            long number = run.claim();
            if (number == 0) {
                break;
            }
            send(to, number);
            wrote = true;
        }
        if (wrote) {
            to.flush();
        }
    }

    void tick(long now) {
        window.expire(now);
        if (!gone && (matcher.overdue() > mostOverdue || isStuck(now))) {
            leave(Failure.UNANSWERED);
        }
        pump();
    }

    /// Whether the target has taken nothing for as long as an answer may take, and nothing else is waited for.
    private boolean isStuck(long now) {
        boolean takes = channel == null || channel.isWritable() || window.size() > 0;
        if (takes) {
            tookAt = now;
        }
        return up && now - tookAt > timeoutNanos;
    }

    /// Ends it; what still waits keeps its unknown fate.
    void close() {
        gone = true;
        received.release();
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (gone) {
            channel.close();
            return;
        }
        up = true;
        if (!datagram) {
            figures.connect.add(System.nanoTime() - begun);
        }
        run.connected();
        pump();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes =
                message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
        try {
            if (!gone) {
                take(bytes, System.nanoTime());
            }
        } catch (DecoderException unframed) {
            leave(Failure.of(unframed, datagram));
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        pump();
        run.look();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave(Failure.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        leave(Failure.of(cause, datagram));
    }

    /// It can't go on: what waits is lost.
    void leave(Failure why) {
        if (gone) {
            return;
        }
        window.giveUp();
        close();
        run.left(why);
    }

    private void send(Channel to, long number) {
        Expected message = run.message(number);
        long now = System.nanoTime();
        Sent sent = new Sent(number, message.answer(), now);
        window.add(sent);
        matcher.sent(sent);
        figures.sent(message.sent().length, now);
        to.write(Unpooled.wrappedBuffer(message.sent()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        leave(Failure.of(Objects.requireNonNull(done.cause()), datagram));
                    }
                });
    }

    private void take(ByteBuf bytes, long now) {
        figures.bytesCame(bytes.readableBytes());
        reads.arrived(bytes.readableBytes(), now);
        if (datagram) {
            answer(ByteBufUtil.getBytes(bytes), now);
            return;
        }
        received.writeBytes(bytes);
        passOverOpening();
        for (byte @Nullable [] next = next(); next != null; next = next()) {
            answer(next, now);
        }
        received.discardReadBytes();
    }

    private void passOverOpening() {
        int here = Math.min(opening, received.readableBytes());
        received.skipBytes(here);
        reads.taken(here);
        opening -= here;
    }

    private void answer(byte[] bytes, long now) {
        matcher.answer(bytes, reads, now);
        reads.taken(bytes.length);
    }

    private byte @Nullable [] next() {
        return inOrder == null ? cut() : slice(inOrder.nextLength());
    }

    private byte @Nullable [] cut() {
        @Nullable ByteBuf frame = cutter.cut(received);
        if (frame == null) {
            return null;
        }
        byte[] bytes = ByteBufUtil.getBytes(frame);
        frame.release();
        return bytes;
    }

    private byte @Nullable [] slice(int length) {
        if (length == 0 && received.isReadable()) {
            figures.unexpected();
            reads.taken(received.readableBytes());
            received.clear();
        }
        if (length == 0 || received.readableBytes() < length) {
            return null;
        }
        byte[] bytes = new byte[length];
        received.readBytes(bytes);
        return bytes;
    }
}
