package io.echorack.client;

import io.echorack.model.Ceilings;
import io.echorack.model.run.ProbeOrder;
import io.echorack.model.run.ProbeReport;
import io.echorack.model.run.ProbeReport.Outcome;
import io.echorack.model.run.ProbeReport.Read;
import io.echorack.model.spec.Protocol;
import io.echorack.wire.EmptyDatagram;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One message out and what comes back, read by read.
///
/// A stream's answer is whole when as many bytes came as are expected; where the target is not known to answer so, also
/// when it has said something and then nothing for a while. A datagram's answer is the first datagram.
///
/// Thread: its channel's loop; the report is taken by whoever waits for it.
final class Exchange extends ChannelInboundHandlerAdapter {
    private static final long QUIET_MILLIS = 250;

    private final Expected expected;
    private final ProbeOrder order;
    private final boolean datagram;
    private final CompletableFuture<ProbeReport> report = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Read> reads = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long sentAt = begun;
    private OptionalLong connectNanos = OptionalLong.empty();
    private @Nullable ScheduledFuture<?> quiet;

    Exchange(Expected expected, ProbeOrder order) {
        this.expected = expected;
        this.order = order;
        datagram = order.aim().protocol() == Protocol.UDP;
    }

    CompletableFuture<ProbeReport> report() {
        return report;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
        sentAt = System.nanoTime();
        if (!datagram) {
            connectNanos = OptionalLong.of(sentAt - begun);
        }
        if (datagram && expected.sent().length == 0) {
            EmptyDatagram.send(context.channel(), order.aim().address());
            return;
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(expected.sent());
        context.writeAndFlush(datagram ? new DatagramPacket(bytes, order.aim().address()) : bytes)
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        exceptionCaught(context, sent.cause());
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        if (message instanceof DatagramPacket packet
                && !packet.sender().equals(order.aim().address())) {
            packet.release();
            return;
        }
        ByteBuf bytes =
                message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
        try {
            take(bytes);
        } finally {
            bytes.release();
        }
        if (datagram || wholeAnswer()) {
            end(context.channel(), Outcome.ANSWERED, "");
        } else if (order.aim().server().isEmpty() || !expected.foretold()) {
            endWhenQuiet(context.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean whole = received.size() > 0 && received.size() >= expected.answer().length;
        end(
                context.channel(),
                whole ? Outcome.ANSWERED : Outcome.CLOSED,
                whole ? "" : "The target ended the connection first.");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context.channel(), cause);
    }

    void fail(Channel channel, Throwable cause) {
        Failure failure = Failure.of(cause, datagram);
        end(
                channel,
                failure.nobodyListens() ? Outcome.REFUSED : Outcome.FAILED,
                failure.sentence());
    }

    void timeOut(Channel channel) {
        String sentence =
                received.size() == 0
                        ? "Nothing came back in time."
                        : "Only %,d of %,d bytes came back in time."
                                .formatted(received.size(), expected.answer().length);
        end(channel, Outcome.TIMEOUT, sentence);
    }

    private void take(ByteBuf bytes) throws IOException {
        int length = bytes.readableBytes();
        reads.add(new Read(reads.size() + 1, received.size(), length, System.nanoTime() - sentAt));
        int room = Ceilings.PROBE_BYTES - received.size();
        bytes.readBytes(received, Math.min(length, room));
    }

    private boolean wholeAnswer() {
        boolean full = received.size() >= Ceilings.PROBE_BYTES;
        return full
                || (expected.foretold()
                        && expected.messages() > 0
                        && received.size() >= expected.answer().length);
    }

    private void endWhenQuiet(Channel channel) {
        if (quiet != null) {
            quiet.cancel(false);
        }
        quiet =
                channel.eventLoop()
                        .schedule(
                                () -> end(channel, Outcome.ANSWERED, "Then nothing more came."),
                                QUIET_MILLIS,
                                TimeUnit.MILLISECONDS);
    }

    private void end(Channel channel, Outcome outcome, String detail) {
        if (report.isDone()) {
            return;
        }
        byte[] answer = received.toByteArray();
        boolean came =
                outcome == Outcome.ANSWERED
                        || outcome == Outcome.TIMEOUT
                        || outcome == Outcome.CLOSED;
        boolean compares = came && expected.foretold();
        Optional<ProbeReport.Difference> difference =
                compares ? expected.difference(answer) : Optional.empty();
        report.complete(
                new ProbeReport(
                        outcome,
                        detail,
                        expected.sent(),
                        answer,
                        List.copyOf(reads),
                        compares ? Optional.of(difference.isEmpty()) : Optional.empty(),
                        difference,
                        connectNanos,
                        reads.isEmpty()
                                ? OptionalLong.empty()
                                : OptionalLong.of(reads.getFirst().atNanos()),
                        System.nanoTime() - begun));
        channel.close();
    }
}
