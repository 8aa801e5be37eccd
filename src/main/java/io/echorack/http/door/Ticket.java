package io.echorack.http.door;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A token for one sign-in, soon: for the link that goes to a browser by its command line, which others on the machine
/// can read.
final class Ticket {
    static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final String text = Token.random();
    private final LongSupplier nanoTime;
    private final long issued;
    private boolean used;

    Ticket(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.issued = nanoTime.getAsLong();
    }

    String text() {
        return text;
    }

    /// True once.
    synchronized boolean takes(String tried) {
        if (used
                || nanoTime.getAsLong() - issued > GOOD_FOR.toNanos()
                || !Token.same(text, tried)) {
            return false;
        }
        used = true;
        return true;
    }
}
