package io.echorack.client;

import io.echorack.wire.tls.ClientTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.Optional;

/// Puts a test client behind TLS, where TLS is spoken.
final class Behind {
    private Behind() {}

    static ChannelHandler of(Optional<ClientTls> tls, int handshakeMillis, ChannelHandler client) {
        return tls.isEmpty()
                ? client
                : new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.get().join(channel.pipeline(), handshakeMillis);
                        channel.pipeline().addLast(client);
                    }
                };
    }
}
