package io.echorack.echo.books;

import java.util.concurrent.atomic.AtomicLong;

/// A sum that one thread adds to, which costs it no more than a plain addition, and anybody reads.
///
/// Thread: added to by one.
public final class Tally {
    private final AtomicLong sum = new AtomicLong();

    /// Gives back the sum before.
    public long add(long more) {
        long before = sum.getPlain();
        sum.setRelease(before + more);
        return before;
    }

    public long now() {
        return sum.getAcquire();
    }
}
