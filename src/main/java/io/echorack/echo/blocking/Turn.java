package io.echorack.echo.blocking;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whose turn it is on a connection: its own thread's while it answers and sends, or somebody's who sends by hand. Who only
/// asks for something never waits for a turn, which may last as long as the client likes: it is done at the turn's end.
///
/// Thread: any.
final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Runnable doWhatIsAsked;
    private volatile boolean asked;
    private volatile @Nullable Thread owner;

    /// @param doWhatIsAsked is called in a turn
    Turn(Runnable doWhatIsAsked) {
        this.doWhatIsAsked = doWhatIsAsked;
    }

    /// Its first one, taken by the connection's own thread.
    void takeFirst() {
        owner = Thread.currentThread();
        take();
    }

    void take() {
        lock.lock();
    }

    /// Takes it if it comes within that time.
    boolean takeWithin(long millis) throws InterruptedException {
        return lock.tryLock(millis, TimeUnit.MILLISECONDS);
    }

    /// The owner lets others have it until something is asked for, or the time is over, or sooner.
    void lend(long nanos) {
        leave();
        LockSupport.parkNanos(this, nanos);
        take();
    }

    /// Has done what is asked for now, or when the present turn ends.
    void ask() {
        asked = true;
        if (lock.tryLock()) {
            leave();
        }
        LockSupport.unpark(owner);
    }

    void leave() {
        do {
            try {
                if (asked) {
                    asked = false;
                    doWhatIsAsked.run();
                }
            } finally {
                lock.unlock();
            }
        } while (asked && lock.tryLock());
    }
}
