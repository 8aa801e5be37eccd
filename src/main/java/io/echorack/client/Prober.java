package io.echorack.client;

import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.run.ProbeOrder;
import io.echorack.model.run.ProbeReport;
import io.echorack.model.spec.Protocol;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.echorack.wire.tls.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Makes single exchanges and says what came back.
///
/// Thread: any; the exchange itself is a `client-io` loop's, the caller waits.
public final class Prober implements AutoCloseable {
    private static final int RECEIVE_BYTES = 65_536;

    private final Transport transport;
    private final Sockets sockets;
    private final EventLoopGroup loops;
    private final Semaphore free = new Semaphore(Ceilings.PROBES);

    public Prober(Transport transport, Sockets sockets) {
        this.transport = transport;
        this.sockets = sockets;
        loops = transport.loops("client-io", 1);
    }

    public ProbeReport probe(ProbeOrder order) {
        Expected expected =
                Expected.of(order.content(), order.aim().framing(), order.aim().behaves());
        if (!free.tryAcquire()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "%,d probes are under way already.".formatted(Ceilings.PROBES));
        }
        try {
            return exchange(order, expected);
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ProbeReport exchange(ProbeOrder order, Expected expected) {
        boolean datagram = order.aim().protocol() == Protocol.UDP;
        Optional<ClientTls> tls = ClientTls.of(order.aim());
        Exchange exchange = new Exchange(expected, order);
        Channel channel = socket(datagram);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channelFactory(() -> channel)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                        .handler(Behind.of(tls, (int) order.timeout().toMillis(), exchange));
        // A connected socket hears that a port is unreachable; Netty's drops a datagram of no
        // bytes.
        boolean connects = !datagram || expected.answer().length > 0;
        ChannelFuture connecting =
                connects
                        ? bootstrap.connect(order.aim().address())
                        : bootstrap.bind(
                                new InetSocketAddress(order.aim().address().getAddress(), 0));
        ScheduledFuture<?> tooLate =
                channel.eventLoop()
                        .schedule(
                                () -> exchange.timeOut(channel),
                                order.timeout().toMillis(),
                                TimeUnit.MILLISECONDS);
        exchange.report().whenComplete((_, _) -> tooLate.cancel(false));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                exchange.fail(channel, done.cause());
            }
        });
        return exchange.report().join();
    }

    private Channel socket(boolean datagram) {
        try {
            return sockets.counted(datagram ? transport.datagrams() : transport.stream())
                    .newChannel();
        } catch (ChannelException none) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "No socket is left for it: %s.".formatted(none.getMessage()));
        }
    }
}
