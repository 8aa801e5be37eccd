package io.echorack.echo.blocking;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.loop.Pace;
import io.echorack.echo.loop.Snug;
import io.echorack.echo.tcp.Ending;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Framing;
import io.echorack.model.traffic.Detail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads become messages, messages become answers, as a course draws it:
///
/// ```
/// while ((n = recv(…)) > 0)  for each message that is whole now: send(its answer)
/// ```
/// Thread: the connection's own, which waits for bytes without a turn and does everything else in one.
final class BlockingDialogue {
    /// What one write takes at most, so that an end to idleness sees that bytes move.
    private static final int WRITE_BYTES = 64 * 1024;

    private final BlockingConnection connection;
    private final BlockingServer server;
    private final SocketChannel channel;
    private final Conversation conversation;
    private final Ending ending;
    private final Turn turn;
    private final Answering answering;
    private final Pace pace = new Pace();
    private final int readBytes;
    private @Nullable ByteBuf room;
    private boolean hungUp;

    BlockingDialogue(BlockingConnection connection, Framing framing) {
        this.connection = connection;
        server = connection.server();
        channel = connection.channel();
        conversation = connection.conversation();
        ending = connection.ending();
        turn = connection.turn();
        answering = new Answering(server, conversation, ending, framing, this::hangUp);
        readBytes = server.spec().options().readBytes();
    }

    void run() throws IOException {
        speak();
        while (!isOver()) {
            answerRead();
        }
        if (hungUp) {
            drain();
        }
    }

    /// Nothing is read or answered any more.
    boolean isOver() {
        return ending.hasBegun() || connection.isCondemned();
    }

    /// In a turn: an answer is about to be sent.
    void count(ByteBuf answer) {
        conversation.write(answer, Detail.NONE, true, server.spec().captures().bytes());
    }

    /// In a turn: waits until the kernel has taken it for the client.
    void send(ByteBuf answer) throws IOException {
        try {
            ByteBuffer bytes = answer.nioBuffer();
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + WRITE_BYTES));
                channel.write(bytes);
                connection.watch().moved();
            }
        } finally {
            answer.release();
        }
    }

    /// Gives back the memory; says how many bytes made no whole message.
    long release() {
        long leftover = answering.leftover();
        answering.release();
        if (room != null) {
            room.release();
            room = null;
        }
        return leftover;
    }

    private void countAndSend(ByteBuf answer) throws IOException {
        count(answer);
        send(answer);
    }

    /// What a server says without being asked: a piece a turn, until nothing is left to say or the client ends.
    private void speak() throws IOException {
        for (long piece = 0; ; piece++) {
            turn.take();
            try {
                hearBetween(piece);
                if (isOver() || ending.hasOutputEnded()) {
                    return;
                }
                Answerer answerer = server.answerer();
                @Nullable ByteBuf next = answerer.says(piece);
                if (next == null) {
                    if (!answerer.listens()) {
                        hangUp();
                    }
                    return;
                }
                conversation.look();
                countAndSend(next);
            } finally {
                turn.leave();
            }
        }
    }

    /// Who speaks without end looks between two pieces whether the client has said or ended something.
    private void hearBetween(long piece) throws IOException {
        if (piece < 2 || connection.isPaused()) {
            return;
        }
        ByteBuf into = roomToRead();
        channel.configureBlocking(false);
        int length = into.writeBytes(channel, readBytes);
        channel.configureBlocking(true);
        if (length != 0 && !isOver()) {
            take(into, length);
        }
    }

    private void answerRead() throws IOException {
        ByteBuf into = roomToRead();
        int length = into.writeBytes(channel, readBytes);
        connection.watch().moved();
        turn.take();
        try {
            while (connection.isPaused() && !isOver()) {
                turn.lend(Long.MAX_VALUE);
            }
            if (!isOver()) {
                take(into, length);
            }
        } finally {
            turn.leave();
        }
    }

    private ByteBuf roomToRead() {
        if (room == null) {
            room = ByteBufAllocator.DEFAULT.directBuffer(readBytes, readBytes);
        }
        return room.clear();
    }

    private void take(ByteBuf into, int length) throws IOException {
        conversation.look();
        if (length < 0) {
            ending.clientEnds();
            conversation.halfClosed(Side.CLIENT, OptionalLong.of(answering.leftover()), "");
            ending.afterClient();
            return;
        }
        answering.add(fitted(into));
        while (!isOver()
                && answering.leftover() > 0
                && isInPace()
                && answering.next(this::countAndSend)) {
            pace.count();
        }
        answering.rest();
    }

    /// What was read in a buffer that fits; a full one goes with it, and the next read gets another.
    private ByteBuf fitted(ByteBuf read) {
        ByteBuf bytes = Snug.fit(read.retain(), ByteBufAllocator.DEFAULT);
        if (read.refCnt() > 1) {
            read.release();
            room = null;
        }
        return bytes;
    }

    /// Waits until one more message may be answered; false where the connection ended meanwhile.
    private boolean isInPace() {
        while (!isOver()) {
            @Nullable Integer perSecond = server.spec().bears().maxMessagesPerSecondPerPeer();
            long now = System.nanoTime();
            if (perSecond == null || pace.hasRoom(now, perSecond)) {
                return true;
            }
            turn.lend(pace.nanosLeft(now));
            conversation.look();
        }
        return false;
    }

    /// Our FIN goes behind the answers.
    private void hangUp() {
        ending.byUs(CloseKind.FIN, "");
        hungUp = true;
    }

    /// What the client still sends is thrown away until its own FIN, and not for long: a socket closed over bytes that nobody
    /// read answers with RST (RFC 1122 §4.2.2.13), which takes away what the client has yet to read.
    private void drain() throws IOException {
        channel.shutdownOutput();
        connection.forceLater();
        while (!connection.isCondemned() && roomToRead().writeBytes(channel, readBytes) >= 0) {}
    }
}
