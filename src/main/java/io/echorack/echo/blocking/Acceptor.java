package io.echorack.echo.blocking;

import io.echorack.echo.loop.Waiting;
import io.echorack.model.spec.IoModel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The thread that waits in accept(2). It outlives its listening socket: where the server takes its address again, it goes on.
///
/// Thread: `run` is its own; all else any.
final class Acceptor implements Runnable {
    /// How long it leaves a system alone that has no descriptor for one more connection.
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<SocketChannel> admit;
    private final Thread thread;
    private volatile ServerSocketChannel listener;
    private volatile boolean accepting;
    private volatile boolean over;

    Acceptor(
            ServerSocketChannel listener,
            IoModel model,
            String server,
            Consumer<SocketChannel> admit) {
        this.listener = listener;
        this.admit = admit;
        Thread.Builder builder =
                model == IoModel.VIRTUAL_THREADS
                        ? Thread.ofVirtual()
                        : Thread.ofPlatform().daemon();
        thread = builder.name("echo-accept-" + server).unstarted(this);
    }

    void start() {
        thread.start();
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
            if (listener.isOpen()) {
                acceptOne();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void acceptOne() {
        try {
            admit.accept(accepted());
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
