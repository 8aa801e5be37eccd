package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
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
    private final SocketChannel channel;
    private final Conversation conversation;
    private final Ending ending;
    private final Departure departure;
    private final Outbox outbox;
    private final Debt debt;
    private final Allowance allowance;
    private final Party party;
    private final FrameCutter cutter;
    private final Backlog backlog = new Backlog();
    private boolean cutting;
    private boolean paused;
    private long waiting;

    Dialogue(
            TcpServer server,
            SocketChannel channel,
            Conversation conversation,
            Framing framing,
            Ending ending,
            Departure departure,
            Outbox outbox,
            Debt debt) {
        this.server = server;
        this.channel = channel;
        this.conversation = conversation;
        this.ending = ending;
        this.departure = departure;
        this.outbox = outbox;
        this.debt = debt;
        cutter = FrameCutter.of(framing);
        party = new TcpParty(conversation, backlog, framing, departure::politely);
        allowance =
                new Allowance(
                        channel.eventLoop(),
                        () -> server.spec().bears(),
                        why -> departure.now(CloseKind.LIMIT, why),
                        this::goOn);
    }

    Allowance allowance() {
        return allowance;
    }

    /// Bytes that make no whole message so far.
    long leftover() {
        return backlog.size();
    }

    void take(ByteBuf bytes) {
        long number = conversation.read(bytes, server.spec().captures().bytes());
        backlog.add(number, bytes, channel.alloc());
        answerWhatIsWhole();
        allowance.came(conversation.bytes());
    }

    /// All that one wake-up brought has been taken.
    void rest() {
        backlog.trim();
        channel.flush();
        countWaiting();
        countUntaken();
    }

    /// Answers again after a while in which it could not.
    void goOn() {
        conversation.look();
        answerWhatIsWhole();
        channel.flush();
        countWaiting();
        countUntaken();
    }

    /// Whether the client has room for more answers.
    boolean takesMore() {
        return channel.isWritable() && debt.allowsMore();
    }

    /// Says something without being asked.
    void say(ByteBuf piece) {
        conversation.look();
        write(piece);
        outbox.send();
    }

    /// Reads nothing more, or again; what was read is answered all the same.
    void pause(boolean wanted) {
        paused = wanted;
        conversation.readPaused(wanted);
        goOn();
    }

    /// Cuts and answers until nothing is whole any more, or the answers wait. A write may call back into here, hence
    /// the guard.
    void answerWhatIsWhole() {
        if (cutting || ending.hasBegun()) {
            return;
        }
        cutting = true;
        try {
            while (takesAnswers() && allowance.takesMessage() && answerNext()) {}
            outbox.send();
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            departure.now(
                    CloseKind.FRAME_TOO_LONG,
                    "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            departure.now(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        } finally {
            cutting = false;
        }
        if (ending.hasBegun()) {
            return;
        }
        boolean goesOn = (ending.hasOutputEnded() || takesMore()) && allowance.takesMessage();
        channel.config().setAutoRead(goesOn && !paused);
        if (ending.hasClientEnded() && goesOn) {
            ending.afterClient();
            departure.behindAnswers();
        }
    }

    void release() {
        backlog.release();
        outbox.release();
        server.hold(-waiting);
        waiting = 0;
        allowance.stop();
    }

    /// Whether more may be answered now; behind our FIN nothing is, and nothing has to wait.
    private boolean takesAnswers() {
        return ending.hasOutputEnded() || (outbox.takesMore() && debt.allowsMore());
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
        int content = message.readerIndex() + cutter.before();
        int length = message.readableBytes() - cutter.before() - cutter.after();
        Answerer answerer = server.answerer();
        if (!answerer.listens() || ending.hasOutputEnded()) {
            message.release();
            return true;
        }
        @Nullable ByteBuf answer = answerer.answer(message, content, length, party);
        if (answer != null) {
            write(answer);
        }
        return !ending.hasBegun();
    }

    private void write(ByteBuf answer) {
        conversation.write(answer, server.spec().captures().bytes());
        outbox.add(answer, backlog.size());
    }

    /// Bytes that wait to become a message count against what all connections may hold together.
    private void countWaiting() {
        long size = backlog.size();
        boolean fits = server.hold(size - waiting);
        waiting = size;
        conversation.waiting(size);
        if (!fits) {
            departure.now(
                    CloseKind.LIMIT,
                    "messages that are not whole yet hold all the memory there is for them");
        }
    }

    private void countUntaken() {
        if (!debt.count()) {
            departure.now(
                    CloseKind.LIMIT,
                    "answers that nobody takes hold all the memory there is for them");
        } else if (!debt.allowsMore()) {
            channel.config().setAutoRead(false);
        }
    }
}
