package io.echorack.echo.tcp;

import io.echorack.model.engine.CloseKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/// Brings a connection to the end that its [Ending] tells.
///
/// Thread: its connection's loop.
final class Departure {
    /// How long our own end waits for a client to take what is still to be sent, in seconds.
    private static final int LONGEST = 5;

    private final SocketChannel channel;
    private final Line line;
    private final Ending ending;
    private final Outbox outbox;
    private boolean shut;
    private boolean clientDone;

    Departure(SocketChannel channel, Line line, Ending ending, Outbox outbox) {
        this.channel = channel;
        this.line = line;
        this.ending = ending;
        this.outbox = outbox;
    }

    /// Ends it from our side: with RST at once, or with FIN behind what is still to be sent. The second time it does
    /// not wait for that, nor longer than a while in any case.
    void now(CloseKind how, String why) {
        if (!channel.isOpen()) {
            return;
        }
        boolean first = ending.byUs(how, why);
        if (how == CloseKind.RST) {
            channel.config().setSoLinger(0);
        }
        if (first && line.isUp() && how != CloseKind.RST && how != CloseKind.IDLE_TIMEOUT) {
            behindAnswers();
            atTheLatest();
        } else {
            line.cut();
        }
    }

    /// Our FIN goes behind the answers, and what the client still sends is thrown away until its own: a socket closed
    /// over bytes that nobody read answers with RST (RFC 1122 §4.2.2.13), which takes away what the client has yet to
    /// read.
    void politely(CloseKind kind, String why) {
        ending.byUs(kind, why);
        if (ending.hasClientEnded()) {
            behindAnswers();
            return;
        }
        outbox.send();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> {
                    shut = true;
                    channel.config().setAutoRead(true);
                    line.endOutput();
                    if (clientDone) {
                        line.close();
                    }
                });
        atTheLatest();
    }

    /// RST goes behind what has been answered, which may be a part of a message.
    void reset(CloseKind kind, String why) {
        ending.byUs(kind, why);
        channel.config().setSoLinger(0);
        behindAnswers();
        atTheLatest();
    }

    /// Our FIN goes behind the answers, and reading goes on.
    ///
    /// @param gone is called when it has gone
    void endOutput(Runnable gone) {
        outbox.send();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> {
                    if (written.isSuccess()) {
                        line.endOutput();
                        gone.run();
                    }
                });
    }

    void behindAnswers() {
        outbox.send();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> line.close());
    }

    /// The client's FIN has come; where ours has gone, that is the end.
    void clientFin() {
        clientDone = true;
        if (shut) {
            line.close();
        }
    }

    private void atTheLatest() {
        channel.eventLoop().schedule(line::cut, LONGEST, TimeUnit.SECONDS);
    }
}
