package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversation;
import io.echorack.echo.fault.Ways;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Road;
import io.echorack.echo.fault.line.Stage;
import io.echorack.echo.loop.Plans;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's messages on their way to the behavior, and its answers on theirs to the socket, past the faults that lie
/// there.
///
/// Thread: its connection's loop.
final class TcpRoad implements Road {
    private final TcpServer server;
    private final Conversation conversation;
    private final TcpSocket socket;
    private final Backlog backlog;
    private final Framing framing;
    private final Dialogue dialogue;
    private final Runnable goOn;
    private final Plans plans;
    private final Ways ways;
    private long answers;
    private boolean pausesRead;

    TcpRoad(
            TcpServer server,
            TcpSocket socket,
            Conversation conversation,
            Backlog backlog,
            Framing framing,
            long ordinal,
            Dialogue dialogue,
            Runnable goOn) {
        this.server = server;
        this.socket = socket;
        this.conversation = conversation;
        this.backlog = backlog;
        this.framing = framing;
        this.dialogue = dialogue;
        this.goOn = goOn;
        plans = new Plans(socket.channel().eventLoop());
        ways = new Ways(ordinal, conversation, this);
    }

    /// Looks which faults there are, at the beginning and when they have changed.
    void look() {
        ways.lay(server.spec().suffers());
        Stage.@Nullable Place pausing = ways.pausesRead();
        if (pausing != null && !pausesRead) {
            pausing.tellConnection(Detail.NONE);
        }
        pausesRead = pausing != null;
    }

    boolean pausesRead() {
        return pausesRead;
    }

    boolean hasRoom() {
        return ways.isPlain() || ways.hasRoom();
    }

    long held() {
        return ways.isPlain() ? 0 : ways.held();
    }

    void hear(ByteBuf message) {
        if (ways.isPlain()) {
            dialogue.respond(message, List.of());
        } else {
            ways.take(Direction.IN, new Parcel(conversation.messages(), message, List.of()));
        }
    }

    /// @param struckBy the faults that the message had behind it
    void speak(ByteBuf answer, List<String> struckBy) {
        answers++;
        if (ways.isPlain()) {
            put(answer);
        } else {
            ways.take(Direction.OUT, new Parcel(answers, answer, struckBy));
        }
    }

    /// Runs it once all that has come in is answered and is on its way.
    void atTheEnd(Runnable end) {
        ways.atTheEnd(end);
    }

    /// Runs it once all that was answered so far is on its way.
    void behindAnswers(Runnable end) {
        ways.behindAnswers(end);
    }

    void release() {
        ways.release();
        plans.forget();
    }

    /// To the socket, past no fault.
    void put(ByteBuf answer) {
        conversation.write(answer, Detail.NONE, true, server.spec().captures().bytes());
        socket.outbox().add(answer, backlog.size());
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void after(long nanos, Runnable then) {
        plans.after(
                nanos,
                () -> {
                    conversation.look();
                    then.run();
                    goOn.run();
                });
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public int captures() {
        return server.spec().captures().bytes();
    }

    /// What is held up counts with what waits to become messages, in the dialogue.
    @Override
    public boolean hold(long bytes) {
        return true;
    }

    @Override
    public void arrives(Direction way, Parcel message) {
        if (way == Direction.IN) {
            dialogue.respond(message.bytes(), message.struckBy());
        } else {
            put(message);
        }
    }

    @Override
    public void cutOff(Direction way, boolean reset, String why) {
        if (reset) {
            socket.departure().reset(CloseKind.FAULT, why);
        } else if (way == Direction.IN) {
            behindAnswers(() -> socket.departure().politely(CloseKind.FAULT, why));
        } else {
            socket.departure().politely(CloseKind.FAULT, why);
        }
    }

    private void put(Parcel answer) {
        if (socket.isMute()) {
            answer.release();
            return;
        }
        conversation.write(
                answer.bytes(),
                Detail.faults(answer.struckBy()),
                answer.isBeginning(),
                server.spec().captures().bytes());
        socket.outbox().add(answer.bytes(), backlog.size());
        if (answer.isApart()) {
            socket.flush();
        }
    }
}
