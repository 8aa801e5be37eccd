package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a server says to a connection without being asked: a piece a turn, so that nobody else on this loop has to wait,
/// and the next when the client has taken it.
///
/// Thread: its connection's loop.
final class Speech {
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
        dialogue.say(piece);
        dialogue.rest();
        goesOn = true;
        socket.channel().eventLoop().execute(this::nextTurn);
    }

    private void nextTurn() {
        goesOn = false;
        goOn();
    }
}
