package io.echorack.echo.tcp;

import io.echorack.model.engine.TlsSession;
import io.echorack.wire.tls.ServerTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What runs between a connection and its client: TCP, or TLS on it, where a close_notify goes before our FIN
/// (RFC 8446 §6.1).
///
/// Thread: its connection's loop.
final class Line {
    private final SocketChannel channel;
    private final @Nullable SslHandler tls;

    private Line(SocketChannel channel, @Nullable SslHandler tls) {
        this.channel = channel;
        this.tls = tls;
    }

    /// @param tls puts its handlers in front of the connection's own
    static Line of(SocketChannel channel, Optional<ServerTls> tls) {
        return new Line(channel, tls.map(one -> one.join(channel.pipeline())).orElse(null));
    }

    /// Whether messages can pass: not before a handshake is through.
    boolean isUp() {
        return tls == null || tls.handshakeFuture().isSuccess();
    }

    /// What there is to say of a FIN that was the first to end the client's output.
    String remarkOnFin() {
        return tls != null ? "FIN without close_notify: something may be missing" : "";
    }

    TlsSession session() {
        return ServerTls.session(Objects.requireNonNull(tls));
    }

    /// Our end, behind all that was written.
    void endOutput() {
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(_ -> channel.shutdownOutput());
        }
    }

    /// Both ends, behind all that was written.
    void close() {
        if (tls != null && saysGoodbye()) {
            tls.closeOutbound().addListener(_ -> drop());
        } else {
            drop();
        }
    }

    /// Both ends now: whatever the client has not taken is gone.
    void cut() {
        if (tls != null && saysGoodbye()) {
            tls.closeOutbound();
        }
        drop();
    }

    /// Before a RST nothing is said.
    private boolean saysGoodbye() {
        return channel.isActive() && channel.config().getSoLinger() != 0;
    }

    /// Past the handler of TLS, which would wait for a client that takes nothing.
    private void drop() {
        @Nullable ChannelHandlerContext within =
                tls == null ? null : channel.pipeline().context(tls);
        if (within == null) {
            channel.close();
        } else {
            within.close();
        }
    }
}
