package io.echorack.echo.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/// Numbers connections in the order in which they are accepted, and gives each a place where there is one.
@Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Long> ORDINAL =
            AttributeKey.valueOf(Arrivals.class, "ordinal");

    private static final AttributeKey<Boolean> PLACE =
            AttributeKey.valueOf(Arrivals.class, "place");

    private final AtomicInteger places = new AtomicInteger();
    private final IntSupplier most;
    private final AtomicLong accepted = new AtomicLong();

    /// @param most connections at once
    Arrivals(IntSupplier most) {
        this.most = most;
    }

    /// Whether there was a place for it when it came.
    static boolean hasPlace(Channel connection) {
        return connection.attr(PLACE).get();
    }

    /// Of how many connections of its server this is, counted from 1.
    static long ordinalOf(Channel connection) {
        return connection.attr(ORDINAL).get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        Channel channel = (Channel) connection;
        int limit = most.getAsInt();
        boolean hasPlace = places.getAndUpdate(now -> now < limit ? now + 1 : now) < limit;
        channel.attr(ORDINAL).set(accepted.incrementAndGet());
        channel.attr(PLACE).set(hasPlace);
        if (hasPlace) {
            channel.closeFuture().addListener(_ -> places.decrementAndGet());
        }
        context.fireChannelRead(connection);
    }
}
