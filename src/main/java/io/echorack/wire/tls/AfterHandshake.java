package io.echorack.wire.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/// Lets the handlers behind it take a connection for open when its handshake is through, and not before.
///
/// Thread: its channel's loop.
final class AfterHandshake extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
        // Not yet.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent shaken)) {
            context.fireUserEventTriggered(event);
        } else if (shaken.isSuccess()) {
            context.fireChannelActive();
        } else {
            context.fireExceptionCaught(shaken.cause());
        }
    }
}
