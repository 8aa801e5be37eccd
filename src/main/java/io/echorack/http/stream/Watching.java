package io.echorack.http.stream;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// What watching costs: how many viewers there are, their work, and what they missed.
///
/// Thread: any.
final class Watching {
    final LongAdder busyNanos = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder unread = new LongAdder();

    private final int ceiling;
    private final Semaphore free;

    Watching(int ceiling) {
        this.ceiling = ceiling;
        free = new Semaphore(ceiling);
    }

    /// Takes a viewer's place; false where all are taken.
    boolean enter() {
        return free.tryAcquire();
    }

    void leave() {
        free.release();
    }

    int viewers() {
        return ceiling - free.availablePermits();
    }
}
