package io.echorack.echo.blocking;

import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.echo.tcp.Backlog;
import io.echorack.echo.tcp.Ending;
import io.echorack.echo.tcp.TcpParty;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Cuts messages from what came and has them answered.
///
/// Thread: whose turn it is.
final class Answering {
    /// Where answers go.
    interface Sink {
        void send(ByteBuf answer) throws IOException;
    }

    private final BlockingServer server;
    private final Conversation conversation;
    private final Ending ending;
    private final FrameCutter cutter;
    private final Party party;
    private final Backlog backlog = new Backlog();
    private long waiting;

    Answering(
            BlockingServer server,
            Conversation conversation,
            Ending ending,
            Framing framing,
            Runnable hangUp) {
        this.server = server;
        this.conversation = conversation;
        this.ending = ending;
        cutter = FrameCutter.of(framing);
        party = new TcpParty(conversation, backlog, framing, hangUp);
    }

    /// Bytes that make no whole message so far.
    long leftover() {
        return backlog.size();
    }

    void add(ByteBuf read) {
        long number = conversation.read(read, server.spec().captures().bytes());
        backlog.add(number, read, ByteBufAllocator.DEFAULT);
    }

    /// Answers the next message; false where none is whole, or can ever be.
    boolean next(Sink sink) throws IOException {
        try {
            @Nullable ByteBuf message = backlog.cut(cutter);
            if (message != null) {
                answer(message, sink);
            }
            return message != null;
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            ending.byUs(
                    CloseKind.FRAME_TOO_LONG,
                    "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            ending.byUs(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        }
        return false;
    }

    /// All that a read brought has been answered.
    void rest() {
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

    void release() {
        backlog.release();
        server.conversations().hold(-waiting);
    }

    private void answer(ByteBuf message, Sink sink) throws IOException {
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
            return;
        }
        @Nullable ByteBuf answer = answerer.answer(message, content, length, party);
        if (answer != null) {
            sink.send(answer);
        }
    }
}
