package io.echorack.echo.blocking;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.loop.Pace;
import io.echorack.echo.loop.Snug;
import io.echorack.echo.tcp.Backlog;
import io.echorack.echo.tcp.Ending;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads become messages, messages become answers, as a course draws it:
///
/// ```
/// while ((n = recv(…)) > 0)  for each message that is whole now: send(its answer)
/// ```
/// Thread: the connection's own, which waits for bytes without a turn and does everything else in one.
final class BlockingDialogue {
    private final BlockingConnection connection;
    private final BlockingServer server;
    private final SocketChannel channel;
    private final Conversation conversation;
    private final Ending ending;
    private final Turn turn;
    private final BlockingRoad road;
    private final Backlog backlog;
    private final Pace pace = new Pace();
    private final int readBytes;
    private @Nullable ByteBuf room;
    private long waiting;

    BlockingDialogue(BlockingConnection connection, Framing framing, long ordinal) {
        this.connection = connection;
        server = connection.server();
        channel = connection.channel();
        conversation = connection.conversation();
        ending = connection.ending();
        turn = connection.turn();
        road = new BlockingRoad(connection, framing, ordinal, this::hangUp);
        backlog = road.backlog();
        readBytes = server.spec().options().readBytes();
    }

    void run() throws IOException {
        speak();
        while (!connection.isOver()) {
            answerRead();
        }
        if (road.isHungUp()) {
            drain();
        }
    }

    /// In a turn: whether nothing is read for now.
    boolean isPaused() {
        return connection.isPaused() || road.pausesRead();
    }

    BlockingRoad road() {
        return road;
    }

    /// Gives back the memory; says how many bytes made no whole message.
    long release() {
        long leftover = backlog.size();
        road.release();
        server.conversations().hold(-waiting);
        if (room != null) {
            room.release();
            room = null;
        }
        return leftover;
    }

    /// What a server says without being asked: a piece a turn, until nothing is left to say or the client ends.
    private void speak() throws IOException {
        for (long piece = 0; ; piece++) {
            turn.take();
            try {
                look();
                hearBetween(piece);
                if (connection.isOver() || ending.hasOutputEnded()) {
                    return;
                }
                Answerer answerer = server.answerer();
                @Nullable ByteBuf next = answerer.says(piece);
                if (next == null) {
                    if (!answerer.listens()) {
                        hangUp();
                        road.workOff();
                    }
                    return;
                }
                conversation.look();
                road.speak(next, List.of());
                road.workOff();
            } finally {
                turn.leave();
            }
        }
    }

    /// Who speaks without end looks between two pieces whether the client has said or ended something.
    private void hearBetween(long piece) throws IOException {
        if (piece < 2 || isPaused()) {
            return;
        }
        ByteBuf into = roomToRead();
        channel.configureBlocking(false);
        int length = into.writeBytes(channel, readBytes);
        channel.configureBlocking(true);
        if (length != 0 && !connection.isOver()) {
            take(into, length);
        }
    }

    private void answerRead() throws IOException {
        @Nullable ByteBuf into = isPaused() ? null : roomToRead();
        int length = into == null ? 0 : read(into);
        turn.take();
        try {
            waitWhilePaused();
            if (into != null && !connection.isOver()) {
                take(into, length);
            }
        } finally {
            turn.leave();
        }
    }

    private int read(ByteBuf into) throws IOException {
        int length = into.writeBytes(channel, readBytes);
        connection.watch().moved();
        return length;
    }

    /// What came while it waited in recv(2) is kept meanwhile.
    private void waitWhilePaused() {
        look();
        while (isPaused() && !connection.isOver()) {
            turn.lend(Long.MAX_VALUE);
            look();
        }
    }

    private void look() {
        road.look();
        conversation.readPaused(isPaused());
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
            conversation.halfClosed(Side.CLIENT, OptionalLong.of(backlog.size()), "");
            road.atTheEnd(this::leave);
            road.workOff();
            return;
        }
        ByteBuf bytes = fitted(into);
        long number = conversation.read(bytes, server.spec().captures().bytes());
        backlog.add(number, bytes, ByteBufAllocator.DEFAULT);
        while (!connection.isOver() && backlog.size() > 0 && isInPace() && road.answerNext()) {
            pace.count();
        }
        rest();
    }

    /// All that the client has sent is answered.
    private void leave() {
        if (!ending.hasBegun()) {
            ending.afterClient();
        }
    }

    /// All that a read brought has been answered.
    private void rest() {
        backlog.trim();
        long size = backlog.size();
        boolean fits = server.conversations().hold(size - waiting);
        waiting = size;
        conversation.waiting(size);
        if (!fits) {
            ending.byUs(
                    CloseKind.LIMIT,
                    "messages that are not whole yet hold all the memory there is for them");
        }
        @Nullable Long most = server.spec().bears().maxBytesPerConnection();
        if (most != null && conversation.bytes() > most) {
            ending.byUs(CloseKind.LIMIT, "maxBytesPerConnection, %,d, have come".formatted(most));
        }
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
        while (!connection.isOver()) {
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
        road.behindAnswers(() -> road.hangUp(CloseKind.FIN, ""));
    }

    /// What the client still sends is thrown away until its own FIN, and not for long: a socket closed over bytes that nobody
    /// read answers with RST (RFC 1122 §4.2.2.13), which takes away what the client has yet to read.
    private void drain() throws IOException {
        channel.shutdownOutput();
        connection.forceLater();
        while (!connection.isCondemned() && roomToRead().writeBytes(channel, readBytes) >= 0) {}
    }
}
