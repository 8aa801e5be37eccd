package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversation;
import io.echorack.echo.loop.Plans;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// The road of a connection that a loop serves: what comes later is the loop's to remember.
///
/// Thread: its connection's loop.
final class LoopRoad extends TcpRoad {
    private final TcpSocket socket;
    private final Conversation conversation;
    private final Consumer<Runnable> move;
    private final Plans plans;
    private long sent;

    /// @param move does what has come to its time, and goes on
    LoopRoad(
            TcpServer server,
            TcpSocket socket,
            Conversation conversation,
            Framing framing,
            long ordinal,
            Runnable hangUp,
            Consumer<Runnable> move) {
        super(server, conversation, socket.ending(), framing, ordinal, hangUp);
        this.socket = socket;
        this.conversation = conversation;
        this.move = move;
        plans = new Plans(socket.channel().eventLoop());
    }

    @Override
    public void after(long nanos, Runnable then) {
        plans.after(
                nanos,
                () -> {
                    try {
                        conversation.look();
                        move.accept(then);
                    } catch (RuntimeException failed) {
                        socket.channel().pipeline().fireExceptionCaught(failed);
                    }
                });
    }

    /// Bytes that were given to the socket so far.
    long sent() {
        return sent;
    }

    @Override
    public void release() {
        super.release();
        plans.forget();
    }

    @Override
    protected void send(ByteBuf answer, boolean apart) {
        sent += answer.readableBytes();
        socket.outbox().add(answer, backlog().size());
        if (apart) {
            socket.flush();
        }
    }

    @Override
    protected void hangUp(CloseKind kind, String why) {
        socket.departure().politely(kind, why);
    }

    @Override
    protected void reset(String why) {
        socket.departure().reset(CloseKind.FAULT, why);
    }

    @Override
    protected void breakOff(CloseKind kind, String why) {
        socket.departure().now(kind, why);
    }
}
