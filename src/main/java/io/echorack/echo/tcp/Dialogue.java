package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversation;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.util.List;

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
    private final LoopRoad road;
    private final Backlog backlog;
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
        road =
                new LoopRoad(
                        server,
                        socket,
                        conversation,
                        framing,
                        ordinal,
                        this::hangUp,
                        work -> {
                            within(work);
                            goOn.run();
                        });
        backlog = road.backlog();
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
        within(road::look);
        conversation.readPaused(isPaused());
        if (road.pausesRead()) {
            channel.config().setAutoRead(false);
        }
        goOn();
    }

    /// Bytes of answers that the client has yet to take, or to be sent.
    long untaken() {
        return holding.untaken() + road.held();
    }

    /// Bytes that have gone to the client or are held up for it.
    long gone() {
        return road.sent() + road.held();
    }

    /// Bytes that make no whole message so far.
    long leftover() {
        return backlog.size();
    }

    void take(ByteBuf bytes) {
        if (!road.isUpToDate()) {
            look();
        }
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
        within(() -> road.speak(piece, List.of()));
        socket.outbox().send();
        answerWhatIsWhole();
    }

    /// Sends these bytes as they are, past whatever is held up.
    void send(ByteBuf bytes) {
        conversation.look();
        road.tell(bytes);
        road.send(bytes, false);
        socket.flush();
        count();
    }

    /// Ends it behind what was answered so far.
    void hangUp() {
        leaving = true;
        behindAnswers(() -> {
            if (!ending.hasBegun()) {
                road.hangUp(CloseKind.FIN, "");
            }
        });
    }

    /// Runs it once all that was answered so far is on its way.
    void behindAnswers(Runnable end) {
        within(() -> road.behindAnswers(end));
    }

    /// Whether something that nobody asked for may be said now.
    boolean hasRoom() {
        return !cutting && takesMore();
    }

    /// Reads nothing more, or again; what was read is answered all the same.
    void pause(boolean wanted) {
        paused = wanted;
        conversation.readPaused(isPaused());
        goOn();
    }

    /// Cuts and answers until nothing is whole any more, or the answers wait.
    void answerWhatIsWhole() {
        if (cutting || isOver() || road.pausesRead()) {
            return;
        }
        within(() -> {
            while (takesAnswers() && allowance.takesMessage() && answerNext()) {}
            socket.outbox().send();
        });
        if (isOver()) {
            return;
        }
        boolean goesOn = (ending.hasOutputEnded() || takesMore()) && allowance.takesMessage();
        channel.config().setAutoRead(goesOn && !isPaused());
        if (ending.hasClientEnded() && goesOn) {
            leaving = true;
            within(() -> road.atTheEnd(this::leave));
        }
    }

    void release() {
        road.release();
        socket.outbox().release();
        holding.end();
        allowance.stop();
    }

    /// Whether more may be answered now; behind our FIN nothing is, and nothing has to wait.
    private boolean takesAnswers() {
        return ending.hasOutputEnded() || (socket.outbox().takesMore() && takesMore());
    }

    private boolean takesMore() {
        return channel.isWritable() && road.hasRoom() && holding.allowsAnswers();
    }

    /// Moves messages on their way. A write may call back into here, and finds that nothing else is moved meanwhile: one
    /// message would get into the middle of another.
    private void within(Runnable work) {
        boolean before = cutting;
        cutting = true;
        try {
            work.run();
        } finally {
            cutting = before;
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
        if (!road.next()) {
            return false;
        }
        allowance.answered();
        return !isOver();
    }

    private void count() {
        conversation.waiting(backlog.size());
        holding.count(backlog.size() + road.held());
    }
}
