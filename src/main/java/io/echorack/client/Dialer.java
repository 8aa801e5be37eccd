package io.echorack.client;

import io.echorack.model.run.Aim;
import io.echorack.model.spec.Protocol;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.echorack.wire.tls.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Opens the connections of a run, or its connected sockets: those hear that a port is unreachable.
record Dialer(
        EventLoop loop,
        Transport transport,
        Sockets sockets,
        Aim aim,
        Optional<ClientTls> tls,
        RunPlan plan) {
    private static final int RECEIVE_BYTES = 65_536;

    void dial(Caller caller) {
        boolean datagram = aim.protocol() == Protocol.UDP;
        int patience = (int) TimeUnit.NANOSECONDS.toMillis(plan.timeoutNanos());
        new Bootstrap()
                .group(loop)
                .channelFactory(
                        sockets.counted(datagram ? transport.datagrams() : transport.stream()))
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience)
                .handler(Behind.of(tls, patience, caller))
                .connect(aim.address())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        caller.leave(Failure.of(Objects.requireNonNull(done.cause()), datagram));
                    }
                });
    }
}
