package io.echorack.echo;

import java.util.concurrent.atomic.AtomicLong;

/// A sum that one thread adds to, which costs it no more than a plain addition, and anybody reads.
///
/// Thread: added to by one.
final class Tally {
    private final AtomicLong sum = new AtomicLong();

    /// Gives back the sum before.
    long add(long more) {
        long before = sum.getPlain();
        sum.setRelease(before + more);
        return before;
    }

    long now() {
        return sum.getAcquire();
    }
}
