package io.echorack.echo.udp;

import io.echorack.echo.books.Conversation;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.traffic.Detail;
import io.echorack.wire.EmptyDatagram;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Datagrams on their way to their peers.
///
/// Thread: the socket's loop.
final class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private Post() {}

    /// Takes the bytes over; they leave with the next flush.
    static void send(Channel from, ByteBuf bytes, InetSocketAddress to) {
        if (bytes.isReadable()) {
            from.write(new DatagramPacket(bytes, to), from.voidPromise());
            return;
        }
        bytes.release();
        try {
            EmptyDatagram.send(from, to);
        } catch (IOException refused) {
            LOG.debug("{}", refused.toString());
        }
    }

    /// Sends a datagram that nobody asked for: the only thing that can be done to a peer.
    static void act(ConnectionAct act, Channel from, Conversation with, int capture) {
        if (!(act instanceof ConnectionAct.Send send)) {
            throw wrong("/id", "is a udp peer, which has no stream to shut down or to pause");
        }
        byte[] bytes = send.payload().bytes();
        if (bytes.length > Ceilings.DATAGRAM_BYTES) {
            throw wrong("", "must fit a datagram: %,d bytes".formatted(Ceilings.DATAGRAM_BYTES));
        }
        if (!from.isWritable()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED, "The socket has yet to take what was sent before.");
        }
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        with.look();
        with.datagramOut(datagram, Detail.NONE, capture);
        send(from, datagram, Objects.requireNonNull(with.origin().peer()));
        from.flush();
    }

    private static Problem wrong(String pointer, String detail) {
        return Problem.invalid(List.of(new Problem.Field(pointer, detail)));
    }
}
