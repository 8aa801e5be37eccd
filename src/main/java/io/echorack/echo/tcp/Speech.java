package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Answerer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a server says to a connection without being asked: a piece a turn, so that nobody else on this loop has to wait,
/// and the next when the client has taken it.
///
/// Thread: its connection's loop.
final class Speech {
    private final Channel channel;
    private final Ending ending;
    private final Supplier<Answerer> speaker;
    private final Dialogue dialogue;
    private final Runnable hangUp;
    private boolean over;
    private long said;

    /// @param hangUp ends the connection when all is said and nothing is listened to
    Speech(
            Channel channel,
            Ending ending,
            Supplier<Answerer> speaker,
            Dialogue dialogue,
            Runnable hangUp) {
        this.channel = channel;
        this.ending = ending;
        this.speaker = speaker;
        this.dialogue = dialogue;
        this.hangUp = hangUp;
    }

    void goOn() {
        if (over || ending.hasBegun() || ending.hasOutputEnded() || !channel.isActive()) {
            return;
        }
        @Nullable ByteBuf piece = speaker.get().says(said);
        if (piece == null) {
            over = true;
            if (!speaker.get().listens()) {
                hangUp.run();
            }
            return;
        }
        said++;
        dialogue.say(piece);
        dialogue.rest();
        if (dialogue.takesMore()) {
            channel.eventLoop().execute(this::goOn);
        }
    }
}
