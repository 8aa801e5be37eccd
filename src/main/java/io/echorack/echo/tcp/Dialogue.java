package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads become messages, messages become answers.
///
/// ```
///            read                 cut                  answer
/// kernel ──────────► Backlog ──────────► message ──────────► Outbox ─► socket
///    ▲                                                         │
///    └──────────── not read while the answers wait ◄───────────┘
/// ```
/// Thread: its connection's loop.
final class Dialogue {
    private final TcpServer server;
    private final TcpSocket socket;
    private final SocketChannel channel;
    private final Ending ending;
    private final Conversation conversation;
    private final Holding holding;
    private final Allowance allowance;
    private final Party party;
    private final TcpRoad road;
    private final FrameCutter cutter;
    private final Backlog backlog = new Backlog();
    private boolean cutting;
    private boolean paused;
    private boolean leaving;

    Dialogue(
            TcpServer server,
            TcpSocket socket,
            Conversation conversation,
            Framing framing,
            long ordinal,
            Runnable goOn) {
        this.server = server;
        this.socket = socket;
        this.conversation = conversation;
        channel = socket.channel();
        ending = socket.ending();
        holding = new Holding(socket, server.conversations(), goOn);
        cutter = FrameCutter.of(framing);
        party = new TcpParty(conversation, backlog, framing, this::hangUp);
        road = new TcpRoad(server, socket, conversation, backlog, framing, ordinal, this, goOn);
        allowance =
                new Allowance(
                        channel.eventLoop(),
                        () -> server.spec().bears(),
                        why -> socket.departure().now(CloseKind.LIMIT, why),
                        goOn);
    }

    /// Looks at limits and faults, at the beginning and when they have changed.
    void look() {
        allowance.look();
        road.look();
        conversation.readPaused(isPaused());
        goOn();
    }

    /// Bytes of answers that the client has yet to take.
    long untaken() {
        return holding.untaken();
    }

    /// Bytes that make no whole message so far.
    long leftover() {
        return backlog.size();
    }

    void take(ByteBuf bytes) {
        long number = conversation.read(bytes, server.spec().captures().bytes());
        if (isOver()) {
            bytes.release();
            return;
        }
        backlog.add(number, bytes, channel.alloc());
        answerWhatIsWhole();
        allowance.came(conversation.bytes());
    }

    /// All that one wake-up brought has been taken.
    void rest() {
        backlog.trim();
        channel.flush();
        count();
    }

    /// Answers again after a while in which it could not.
    void goOn() {
        conversation.look();
        answerWhatIsWhole();
        socket.flush();
        count();
    }

    /// Says something without being asked.
    void say(ByteBuf piece) {
        conversation.look();
        road.speak(piece, List.of());
        socket.outbox().send();
    }

    /// Sends these bytes as they are, past whatever is held up.
    void send(ByteBuf bytes) {
        conversation.look();
        road.put(bytes);
        socket.flush();
        count();
    }

    /// Ends it behind what was answered so far.
    void hangUp() {
        leaving = true;
        road.behindAnswers(() -> socket.departure().politely(CloseKind.FIN, ""));
    }

    /// Whether something that nobody asked for may be said now.
    boolean hasRoom() {
        return channel.isWritable() && road.hasRoom() && holding.allowsAnswers();
    }

    /// Reads nothing more, or again; what was read is answered all the same.
    void pause(boolean wanted) {
        paused = wanted;
        conversation.readPaused(isPaused());
        goOn();
    }

    /// Cuts and answers until nothing is whole any more, or the answers wait. A write may call back into here, hence
    /// the guard.
    void answerWhatIsWhole() {
        if (cutting || isOver()) {
            return;
        }
        cutting = true;
        try {
            while (takesAnswers() && allowance.takesMessage() && answerNext()) {}
            socket.outbox().send();
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            socket.departure()
                    .now(
                            CloseKind.FRAME_TOO_LONG,
                            "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            socket.departure()
                    .now(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        } finally {
            cutting = false;
        }
        if (isOver()) {
            return;
        }
        boolean goesOn = (ending.hasOutputEnded() || hasRoom()) && allowance.takesMessage();
        channel.config().setAutoRead(goesOn && !isPaused());
        if (ending.hasClientEnded() && goesOn) {
            leaving = true;
            road.atTheEnd(this::leave);
        }
    }

    void release() {
        road.release();
        backlog.release();
        socket.outbox().release();
        holding.end();
        allowance.stop();
    }

    /// Whether more may be answered now; behind our FIN nothing is, and nothing has to wait.
    private boolean takesAnswers() {
        return ending.hasOutputEnded() || (socket.outbox().takesMore() && hasRoom());
    }

    /// A message comes to the behavior, past the faults on its way.
    ///
    /// @param struckBy those of them that struck it
    void respond(ByteBuf message, List<String> struckBy) {
        if (socket.isMute()) {
            message.release();
            return;
        }
        int content = message.readerIndex() + cutter.before();
        int length = message.readableBytes() - cutter.before() - cutter.after();
        @Nullable ByteBuf answer = server.answerer().answer(message, content, length, party);
        if (answer != null) {
            road.speak(answer, struckBy);
        }
    }

    /// All that the client has sent is answered.
    private void leave() {
        if (!ending.hasBegun()) {
            ending.afterClient();
            socket.departure().behindAnswers();
        }
    }

    /// Nothing is answered any more.
    private boolean isOver() {
        return leaving || ending.hasBegun();
    }

    private boolean isPaused() {
        return paused || road.pausesRead();
    }

    private boolean answerNext() {
        @Nullable ByteBuf message = backlog.cut(cutter);
        if (message == null) {
            return false;
        }
        allowance.answered();
        ServerSpec spec = server.spec();
        conversation.frame(
                message,
                backlog.offset(),
                backlog.firstRead(),
                backlog.lastRead(),
                spec.captures().frameBytes());
        if (server.answerer().listens()) {
            road.hear(message);
        } else {
            message.release();
        }
        return !isOver();
    }

    private void count() {
        conversation.waiting(backlog.size());
        holding.count(backlog.size() + road.held());
    }
}
