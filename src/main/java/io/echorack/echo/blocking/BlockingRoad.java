package io.echorack.echo.blocking;

import io.echorack.echo.tcp.TcpRoad;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Framing;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The road of a connection whose thread waits. What comes later stands on an agenda, which the thread works off before it cuts
/// the next message: meanwhile it reads nothing, as a course's server that sleeps.
///
/// Thread: whose turn it is.
final class BlockingRoad extends TcpRoad {
    /// What one write takes at most, so that an end to idleness sees that bytes move.
    private static final int WRITE_BYTES = 64 * 1024;

    private record Plan(long due, long place, Runnable what) {
        static final Comparator<Plan> ORDER =
                (one, other) ->
                        one.due == other.due
                                ? Long.compare(one.place, other.place)
                                : Long.signum(one.due - other.due);
    }

    private final BlockingConnection connection;
    private final SocketChannel channel;
    private final PriorityQueue<Plan> agenda = new PriorityQueue<>(Plan.ORDER);
    private long places;
    private boolean hungUp;
    private @Nullable IOException gone;

    BlockingRoad(BlockingConnection connection, Framing framing, long ordinal, Runnable hangUp) {
        super(
                connection.server(),
                connection.conversation(),
                connection.ending(),
                framing,
                ordinal,
                hangUp);
        this.connection = connection;
        channel = connection.channel();
    }

    /// Answers the next message, past the faults that there are now; false where none is whole, or can ever be.
    boolean answerNext() throws IOException {
        look();
        boolean whole = next();
        workOff();
        return whole;
    }

    /// Waits until nothing is held up any more, or it is over. Others may have the turn meanwhile, and faults may change.
    void workOff() throws IOException {
        @Nullable Plan first = agenda.peek();
        while (first != null && held() > 0 && gone == null && !connection.isOver()) {
            long left = first.due - now();
            if (left > 0) {
                connection.turn().lend(left);
                connection.conversation().look();
                look();
            } else {
                agenda.remove();
                first.what.run();
            }
            first = agenda.peek();
        }
        agenda.clear();
        if (gone != null) {
            throw gone;
        }
    }

    /// Whether our FIN goes next.
    boolean isHungUp() {
        return hungUp;
    }

    /// Waits until the kernel has taken it for the client.
    void write(ByteBuf answer) throws IOException {
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

    @Override
    public void after(long nanos, Runnable then) {
        agenda.add(new Plan(now() + nanos, places++, then));
    }

    /// It counts against what all connections may hold together.
    @Override
    public boolean hold(long bytes) {
        if (!connection.server().conversations().hold(bytes)) {
            breakOff(CloseKind.LIMIT, "messages that wait hold all the memory there is for them");
        }
        return true;
    }

    @Override
    protected boolean isMute() {
        return super.isMute() || gone != null || connection.isCondemned();
    }

    /// Each answer has a send(2) of its own anyway.
    @Override
    protected void send(ByteBuf answer, boolean apart) {
        try {
            write(answer);
        } catch (IOException failed) {
            gone = failed;
        }
    }

    @Override
    protected void hangUp(CloseKind kind, String why) {
        connection.ending().byUs(kind, why);
        hungUp = true;
    }

    @Override
    protected void reset(String why) {
        connection.ending().byUs(CloseKind.FAULT, why);
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException failed) {
            gone = failed;
        }
    }

    @Override
    protected void breakOff(CloseKind kind, String why) {
        connection.ending().byUs(kind, why);
    }
}
