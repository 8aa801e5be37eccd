package io.echorack.echo.blocking;

import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.tcp.Ending;
import io.echorack.model.Problem;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Framing;
import io.echorack.model.traffic.Origin;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One TCP connection whose thread waits in recv(2) and send(2), and what is done to it from outside.
///
/// Who ends it from outside says so and shuts the socket down, which wakes its thread wherever that waits; the thread itself closes
/// and tells.
///
/// Thread: `run` is its own; all else any.
final class BlockingConnection implements Conversations.Open, Runnable {
    /// How long an end from outside waits for what is being sent, in seconds.
    private static final int LONGEST = 5;

    private record Verdict(CloseKind kind, String why) {}

    private final BlockingServer server;
    private final SocketChannel channel;
    private final Conversation conversation;
    private final Ending ending = new Ending();
    private final Turn turn = new Turn(this::doWhatIsAsked);
    private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();
    private final Watch watch;
    private final BlockingDialogue dialogue;
    private volatile boolean finAsked;
    private volatile boolean paused;

    BlockingConnection(
            BlockingServer server,
            SocketChannel channel,
            Conversation conversation,
            Framing framing) {
        this.server = server;
        this.channel = channel;
        this.conversation = conversation;
        watch = new Watch(server.crew().clock(), () -> server.spec().bears(), this::end);
        dialogue = new BlockingDialogue(this, framing);
    }

    @Override
    public void run() {
        turn.takeFirst();
        server.opened(this);
        turn.leave();
        watch.look();
        try {
            dialogue.run();
        } catch (IOException gone) {
            if (!isCondemned()) {
                ending.byNetwork();
            }
        } catch (RuntimeException | Error ours) {
            server.surprise(ours);
            end(CloseKind.RST, "the program failed: " + ours);
        } finally {
            finish();
        }
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public void close(CloseKind how) {
        end(how, "");
    }

    @Override
    public void act(ConnectionAct act) {
        if (!channel.isOpen() || isCondemned()) {
            throw new Problem(Problem.Code.NOT_RUNNING, name() + " is closed or about to be.");
        }
        switch (act) {
            case ConnectionAct.Send(var payload) ->
                    new ByHand(this, dialogue).send(payload.bytes());
            case ConnectionAct.ShutdownOutput _ -> {
                finAsked = true;
                turn.ask();
            }
            case ConnectionAct.PauseRead _ -> pause(true);
            case ConnectionAct.ResumeRead _ -> pause(false);
        }
    }

    void limitsChanged() {
        watch.look();
    }

    /// Ends it now, whatever it does.
    void force() {
        shutDown(true);
        turn.ask();
    }

    /// Ends it from outside: with RST or for idleness at once, else behind what is being sent, and the second time, or when
    /// that takes long, at once too.
    void end(CloseKind how, String why) {
        boolean first = verdict.getAndSet(new Verdict(how, why)) == null;
        if (how == CloseKind.RST) {
            reset();
            turn.ask();
        } else if (!first || how == CloseKind.IDLE_TIMEOUT) {
            force();
        } else {
            turn.ask();
            forceLater();
        }
    }

    void forceLater() {
        server.crew().clock().schedule(this::force, LONGEST, TimeUnit.SECONDS);
    }

    BlockingServer server() {
        return server;
    }

    SocketChannel channel() {
        return channel;
    }

    Ending ending() {
        return ending;
    }

    Turn turn() {
        return turn;
    }

    Watch watch() {
        return watch;
    }

    String name() {
        return Origin.connectionName(conversation.number());
    }

    boolean isPaused() {
        return paused;
    }

    /// Whether somebody ended it from outside.
    boolean isCondemned() {
        return verdict.get() != null;
    }

    private void pause(boolean wanted) {
        paused = wanted;
        turn.ask();
    }

    /// In a turn.
    private void doWhatIsAsked() {
        if (!channel.isOpen()) {
            return;
        }
        conversation.readPaused(paused);
        if (isCondemned()) {
            shutDown(false);
        } else if (finAsked && !ending.hasBegun() && ending.outputEnds()) {
            endOutput();
        }
    }

    private void endOutput() {
        try {
            channel.shutdownOutput();
            conversation.halfClosed(Side.SERVER, OptionalLong.empty(), "");
        } catch (IOException gone) {
            // The client is, which the next read says too.
        }
    }

    /// Whoever waits in a read gets its end, and with the output whoever waits in a write.
    private void shutDown(boolean outputToo) {
        try {
            channel.shutdownInput();
            if (outputToo) {
                channel.shutdownOutput();
            }
        } catch (IOException closed) {
            // Its thread was quicker.
        }
    }

    private void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException closed) {
            // Its thread was quicker.
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException unclosed) {
            server.surprise(unclosed);
        }
    }

    private void finish() {
        turn.take();
        try {
            watch.end();
            @Nullable Verdict said = verdict.get();
            if (said != null) {
                ending.byUs(said.kind(), said.why());
            }
            long leftover = dialogue.release();
            closeChannel();
            conversation.closed(ending.by(), ending.kind(), leftover, ending.reason());
        } finally {
            server.closed(this);
            turn.leave();
        }
    }
}
