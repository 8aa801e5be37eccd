package io.echorack.wire.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/// Keeps a client's close_notify from an engine that would drop our answers over it.
///
/// Up to TLS 1.2 an engine that hears of the client's end closes both ways, whatever is still to be sent (RFC 5246 §7.2.1).
/// So the record goes no further, and this event says that it was there: what is due is sent, and then our own. Its
/// content is encrypted, so any alert counts. From TLS 1.3 on the engine knows better, and alerts look like data.
///
/// It also reads the alert of a client that gives up a handshake before it has keys: Java's engine, which has them already,
/// takes that for a failure of its own.
///
/// Thread: its channel's loop.
final class LastWord extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = 5;
    private static final int ALERT = 21;
    private static final int ALERT_BYTES = 2;
    private static final int NONE = -1;

    private final SSLEngine engine;
    private int headerBytes;
    private int length;
    private int bodyBytes;
    private int alert = NONE;
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
            return at;
        }
        int behind = at + HEADER_BYTES + ALERT_BYTES;
        if (behind <= bytes.writerIndex()
                && bytes.getUnsignedShort(at + HEADER_BYTES - 2) == ALERT_BYTES) {
            alert = bytes.getUnsignedByte(behind - 1);
        }
        takeHeader(ALERT);
        return at + 1;
    }

    /// The alert by which the client gave up, where it could be read (RFC 8446 §6).
    OptionalInt alert() {
        return alert == NONE ? OptionalInt.empty() : OptionalInt.of(alert);
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
