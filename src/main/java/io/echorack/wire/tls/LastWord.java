package io.echorack.wire.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/// Keeps a client's close_notify from an engine that would drop our answers over it.
///
/// Up to TLS 1.2 an engine that hears of the client's end closes both ways, whatever is still to be sent (RFC 5246 §7.2.1).
/// So the record goes no further, and this event says that it was there: what is due is sent, and then our own. Its
/// content is encrypted, so any alert counts. From TLS 1.3 on the engine knows better, and alerts look like data.
///
/// Thread: its channel's loop.
final class LastWord extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = 5;
    private static final int ALERT = 21;

    private final SSLEngine engine;
    private int headerBytes;
    private int length;
    private int bodyBytes;
    private boolean said;

    LastWord(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int at = bytes.readerIndex();
        while (!said && at < bytes.writerIndex()) {
            if (bodyBytes > 0) {
                int skipped = Math.min(bodyBytes, bytes.writerIndex() - at);
                bodyBytes -= skipped;
                at += skipped;
            } else if (headerBytes == 0 && bytes.getByte(at) == ALERT) {
                at = beforeAlert(context, bytes, at);
            } else {
                takeHeader(bytes.getByte(at++) & 0xff);
            }
        }
        if (said) {
            bytes.release();
        } else {
            context.fireChannelRead(bytes);
        }
    }

    /// Whether an alert is the last word depends on what comes before it: a handshake's end, perhaps.
    private int beforeAlert(ChannelHandlerContext context, ByteBuf bytes, int at) {
        if (at > bytes.readerIndex()) {
            context.fireChannelRead(bytes.readRetainedSlice(at - bytes.readerIndex()));
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && engine.getSession().getProtocol().equals("TLSv1.2")) {
            said = true;
            context.fireUserEventTriggered(ClientSaidLast.HERE);
        } else {
            takeHeader(ALERT);
            at++;
        }
        return at;
    }

    private void takeHeader(int next) {
        headerBytes++;
        if (headerBytes == HEADER_BYTES - 1) {
            length = next << 8;
        } else if (headerBytes == HEADER_BYTES) {
            bodyBytes = length | next;
            headerBytes = 0;
        }
    }
}
