package io.echorack.echo.blocking;

import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.fault.line.Pause;
import io.echorack.echo.loop.Waiting;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Tap;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The thread that waits in accept(2), unless a fault leaves connections in the backlog. It outlives its listening socket: where the server takes its address again, it goes on.
///
/// Thread: `run` is its own; all else any.
final class Acceptor implements Runnable {
    /// How long it leaves a system alone that has no descriptor for one more connection.
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Who gets what was accepted.
    interface Admit {
        /// Serves it or turns it away.
        ///
        /// @param ordinal of how many connections it is, counted from 1
        void admit(SocketChannel accepted, long ordinal);
    }

    private final Admit admit;
    private final Pause pause;
    private final Tap tap;
    private final Thread thread;
    private volatile ServerSocketChannel listener;
    private volatile boolean accepting;
    private volatile boolean paused;
    private volatile boolean over;
    private long arrivals;

    Acceptor(
            ServerSocketChannel listener,
            ServerSpec spec,
            ServerCounters counters,
            Tap tap,
            Admit admit) {
        this.listener = listener;
        this.tap = tap;
        this.admit = admit;
        pause = new Pause(new Effect.PauseAccept(), counters);
        Thread.Builder builder =
                spec.waits() == IoModel.VIRTUAL_THREADS
                        ? Thread.ofVirtual()
                        : Thread.ofPlatform().daemon();
        thread = builder.name("echo-accept-" + spec.name()).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /// Looks whether connections are accepted, at the beginning and when the faults have changed.
    void look(ServerSpec spec) {
        pause.tell(pause, tap, spec);
        paused = pause.isIn(spec);
        LockSupport.unpark(thread);
    }

    /// Whether it waits, or is at work.
    boolean isAlive() {
        return thread.isAlive();
    }

    /// Gives the address free. The kernel has it until accept(2) has returned.
    void leave() {
        try {
            listener.close();
            Waiting.until(() -> !accepting, Waiting.CLOSE);
        } catch (IOException unclosed) {
            throw new IllegalStateException("A listening socket does not close", unclosed);
        }
    }

    void goOnWith(ServerSocketChannel again) {
        listener = again;
        LockSupport.unpark(thread);
    }

    void end() {
        over = true;
        leave();
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!over) {
            if (listener.isOpen() && !paused) {
                acceptOne();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void acceptOne() {
        try {
            SocketChannel one = accepted();
            long ordinal = ++arrivals;
            // Whom accept(2) brings that waited already waits like those in the backlog.
            while (paused && !over) {
                LockSupport.park(this);
            }
            admit.admit(one, ordinal);
        } catch (ClosedChannelException left) {
            // Until the address is taken again.
        } catch (IOException full) {
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    private SocketChannel accepted() throws IOException {
        accepting = true;
        try {
            return listener.accept();
        } finally {
            accepting = false;
        }
    }
}
