package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a server says to a connection without being asked: a piece a turn, so that nobody else on this loop has to wait,
/// and the next when the client has taken it.
///
/// Thread: its connection's loop.
final class Speech {
    /// How long it waits after a piece of which nothing went to the client.
    private static final int UNHEARD_MILLIS = 10;

    private final TcpSocket socket;
    private final Supplier<Answerer> speaker;
    private final Dialogue dialogue;
    private boolean over;
    private boolean goesOn;
    private long said;

    Speech(TcpSocket socket, Supplier<Answerer> speaker, Dialogue dialogue) {
        this.socket = socket;
        this.speaker = speaker;
        this.dialogue = dialogue;
    }

    /// Says the next piece, unless it will in a moment anyway. With all said and nothing listened to, that is the end.
    void goOn() {
        if (over || goesOn || socket.isMute() || !dialogue.hasRoom()) {
            return;
        }
        @Nullable ByteBuf piece = speaker.get().says(said);
        if (piece == null) {
            over = true;
            if (!speaker.get().listens()) {
                dialogue.hangUp();
            }
            return;
        }
        said++;
        long before = dialogue.gone();
        dialogue.say(piece);
        dialogue.rest();
        goesOn = true;
        EventLoop loop = socket.channel().eventLoop();
        if (dialogue.gone() == before) {
            // A fault has swallowed the piece: no client will ever hold us up.
            loop.schedule(this::nextTurn, UNHEARD_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            loop.execute(this::nextTurn);
        }
    }

    private void nextTurn() {
        goesOn = false;
        goOn();
    }
}
