package io.echorack.echo.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers connections in the order in which they are accepted.
@Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Long> ORDINAL =
            AttributeKey.valueOf(Arrivals.class, "ordinal");

    private final AtomicLong accepted = new AtomicLong();

    /// Of how many connections of its server this is, counted from 1.
    static long ordinalOf(Channel connection) {
        return connection.attr(ORDINAL).get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        ((Channel) connection).attr(ORDINAL).set(accepted.incrementAndGet());
        context.fireChannelRead(connection);
    }
}
