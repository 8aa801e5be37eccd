package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.fault.Ways;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Road;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client sent becomes messages, which go to the behavior, and its answers go to the socket, past the faults that lie
/// on both ways. How time passes, and what is done to the socket, depends on who has it.
///
/// Thread: its connection's.
public abstract class TcpRoad implements Road {
    /// What a server is at this moment.
    public interface Server {
        ServerSpec spec();

        Answerer answerer();
    }

    private final Server server;
    private final Conversation conversation;
    private final Ending ending;
    private final Framing framing;
    private final FrameCutter cutter;
    private final Party party;
    private final Ways ways;
    private final Backlog backlog = new Backlog();
    private long answers;
    private boolean pausesRead;

    /// @param ordinal of how many connections of its server it is
    /// @param hangUp ends it behind what was answered so far
    @SuppressWarnings("this-escape")
    protected TcpRoad(
            Server server,
            Conversation conversation,
            Ending ending,
            Framing framing,
            long ordinal,
            Runnable hangUp) {
        this.server = server;
        this.conversation = conversation;
        this.ending = ending;
        this.framing = framing;
        cutter = FrameCutter.of(framing);
        party = new TcpParty(conversation, backlog, framing, hangUp);
        ways = new Ways(ordinal, conversation, this);
    }

    /// Looks which faults there are, at the beginning and when they have changed.
    public final void look() {
        ways.lay(server.spec().suffers());
        Stage.@Nullable Place pausing = ways.pausesRead();
        if (pausing != null && !pausesRead) {
            pausing.tellConnection(Detail.NONE);
        }
        pausesRead = pausing != null;
    }

    public final boolean isUpToDate() {
        return ways.has(server.spec().suffers());
    }

    /// Whether a fault has nothing read.
    public final boolean pausesRead() {
        return pausesRead;
    }

    public final boolean hasRoom() {
        return ways.isPlain() || ways.hasRoom();
    }

    /// Bytes that faults hold up.
    public final long held() {
        return ways.isPlain() ? 0 : ways.held();
    }

    /// Bytes that are no whole message so far.
    public final Backlog backlog() {
        return backlog;
    }

    /// Sends the next message on its way; false where none is whole, or can ever be.
    public final boolean next() {
        try {
            @Nullable ByteBuf message = backlog.cut(cutter);
            if (message != null) {
                hear(message);
            }
            return message != null;
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            breakOff(
                    CloseKind.FRAME_TOO_LONG,
                    "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            breakOff(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        }
        return false;
    }

    /// Counts and tells that these bytes go to the socket as they are, past all faults.
    public final void tell(ByteBuf answer) {
        conversation.write(answer, Detail.NONE, true, captures());
    }

    /// Runs it once all that has come in is answered and is on its way.
    public final void atTheEnd(Runnable end) {
        ways.atTheEnd(end);
    }

    /// Runs it once all that was answered so far is on its way.
    public final void behindAnswers(Runnable end) {
        ways.behindAnswers(end);
    }

    public void release() {
        ways.release();
        backlog.release();
    }

    @Override
    public final long now() {
        return System.nanoTime();
    }

    @Override
    public final boolean isStream() {
        return true;
    }

    @Override
    public final Framing framing() {
        return framing;
    }

    @Override
    public final int captures() {
        return server.spec().captures().bytes();
    }

    /// What is held up counts with what waits to become messages, in the dialogue.
    @Override
    public boolean hold(long bytes) {
        return true;
    }

    @Override
    public final void arrives(Direction way, Parcel parcel) {
        if (way == Direction.IN) {
            respond(parcel.bytes(), parcel.struckBy());
        } else if (isMute()) {
            parcel.release();
        } else {
            Detail touched = Detail.faults(parcel.struckBy());
            conversation.write(parcel.bytes(), touched, parcel.isBeginning(), captures());
            send(parcel.bytes(), parcel.isApart());
        }
    }

    @Override
    public final void cutOff(Direction way, boolean reset, String why) {
        if (ending.hasBegun()) {
            return;
        }
        if (reset) {
            reset(why);
        } else if (way == Direction.IN) {
            behindAnswers(() -> hangUp(CloseKind.FAULT, why));
        } else {
            hangUp(CloseKind.FAULT, why);
        }
    }

    /// To the socket.
    ///
    /// @param apart by a send(2) of its own
    protected abstract void send(ByteBuf answer, boolean apart);

    /// Our FIN goes behind what was sent, and what the client still sends is thrown away until its own.
    protected abstract void hangUp(CloseKind kind, String why);

    /// A fault's RST goes behind what was sent.
    protected abstract void reset(String why);

    /// What the client sent can't be understood.
    protected abstract void breakOff(CloseKind kind, String why);

    /// Whether nothing may be said any more.
    protected boolean isMute() {
        return ending.hasBegun() || ending.hasOutputEnded();
    }

    private void hear(ByteBuf message) {
        conversation.frame(
                message,
                backlog.offset(),
                backlog.firstRead(),
                backlog.lastRead(),
                server.spec().captures().frameBytes());
        if (!server.answerer().listens() || isMute()) {
            message.release();
        } else if (ways.isPlain()) {
            respond(message, List.of());
        } else {
            ways.take(Direction.IN, new Parcel(conversation.messages(), message, List.of()));
        }
    }

    /// A message comes to the behavior.
    ///
    /// @param struckBy the faults that struck it
    private void respond(ByteBuf message, List<String> struckBy) {
        if (isMute()) {
            message.release();
            return;
        }
        int content = message.readerIndex() + cutter.before();
        int length = message.readableBytes() - cutter.before() - cutter.after();
        @Nullable ByteBuf answer = server.answerer().answer(message, content, length, party);
        if (answer != null) {
            speak(answer, struckBy);
        }
    }

    /// Says something: an answer, with the faults that struck what it answers, or what nobody asked for.
    public final void speak(ByteBuf answer, List<String> struckBy) {
        answers++;
        if (ways.isPlain()) {
            tell(answer);
            send(answer, false);
        } else {
            ways.take(Direction.OUT, new Parcel(answers, answer, struckBy));
        }
    }
}
