package io.echorack.echo.blocking;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.loop.Pace;
import io.echorack.echo.loop.Snug;
import io.echorack.echo.tcp.Backlog;
import io.echorack.echo.tcp.Ending;
import io.echorack.echo.tcp.TcpParty;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
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
    private final FrameCutter cutter;
    private final Party party;
    private final Backlog backlog = new Backlog();
    private final Pace pace = new Pace();
    private final int readBytes;
    private @Nullable ByteBuf room;
    private boolean hungUp;
    private long waiting;

    BlockingDialogue(BlockingConnection connection, Framing framing) {
        this.connection = connection;
        server = connection.server();
        channel = connection.channel();
        conversation = connection.conversation();
        ending = connection.ending();
        turn = connection.turn();
        cutter = FrameCutter.of(framing);
        party = new TcpParty(conversation, backlog, framing, this::hangUp);
        readBytes = server.spec().options().readBytes();
    }

    void run() throws IOException {
        speak();
        while (!isOver() && goesOnAfterRead()) {}
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
        conversation.write(answer, server.spec().captures().bytes());
    }

    /// In a turn: waits until the client has taken it, or the kernel for it.
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
        long leftover = backlog.size();
        backlog.release();
        server.hold(-waiting);
        if (room != null) {
            room.release();
            room = null;
        }
        return leftover;
    }

    /// What a server says without being asked, before it listens at all.
    private void speak() throws IOException {
        for (long piece = 0; ; piece++) {
            turn.take();
            try {
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
                count(next);
                send(next);
            } finally {
                turn.leave();
            }
        }
    }

    private boolean goesOnAfterRead() throws IOException {
        ByteBuf into = roomToRead();
        int length = into.writeBytes(channel, readBytes);
        connection.watch().moved();
        turn.take();
        try {
            while (connection.isPaused() && !isOver()) {
                turn.lend(Long.MAX_VALUE);
            }
            if (isOver()) {
                return false;
            }
            conversation.look();
            if (length < 0) {
                clientEnds();
            } else {
                take(into);
            }
            return true;
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

    private void clientEnds() {
        ending.clientEnds();
        conversation.halfClosed(Side.CLIENT, OptionalLong.of(backlog.size()));
        ending.afterClient();
    }

    private void take(ByteBuf read) throws IOException {
        ByteBuf bytes = Snug.fit(read.retain(), ByteBufAllocator.DEFAULT);
        if (read.refCnt() > 1) {
            // It was not moved: the next read gets another.
            read.release();
            room = null;
        }
        long number = conversation.read(bytes, server.spec().captures().bytes());
        backlog.add(number, bytes, ByteBufAllocator.DEFAULT);
        try {
            while (!isOver() && backlog.size() > 0 && isInPace() && answerNext()) {}
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            ending.byUs(
                    CloseKind.FRAME_TOO_LONG,
                    "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            ending.byUs(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        }
        backlog.trim();
        countWaiting();
        countBytes();
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

    private boolean answerNext() throws IOException {
        @Nullable ByteBuf message = backlog.cut(cutter);
        if (message == null) {
            return false;
        }
        pace.count();
        ServerSpec spec = server.spec();
        conversation.frame(
                message,
                backlog.offset(),
                backlog.firstRead(),
                backlog.lastRead(),
                spec.captures().frameBytes());
        int content = message.readerIndex() + cutter.before();
        int length = message.readableBytes() - cutter.before() - cutter.after();
        Answerer answerer = server.answerer();
        if (!answerer.listens() || ending.hasOutputEnded()) {
            message.release();
            return true;
        }
        @Nullable ByteBuf answer = answerer.answer(message, content, length, party);
        if (answer != null) {
            count(answer);
            send(answer);
        }
        return true;
    }

    private void countWaiting() {
        long size = backlog.size();
        boolean fits = server.hold(size - waiting);
        waiting = size;
        conversation.waiting(size);
        if (!fits) {
            ending.byUs(
                    CloseKind.LIMIT,
                    "messages that are not whole yet hold all the memory there is for them");
        }
    }

    private void countBytes() {
        @Nullable Long most = server.spec().bears().maxBytesPerConnection();
        if (most != null && conversation.bytes() > most) {
            ending.byUs(CloseKind.LIMIT, "maxBytesPerConnection, %,d, have come".formatted(most));
        }
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
