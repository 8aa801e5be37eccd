package io.echorack.http.door;

import io.echorack.model.Ceilings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Wrong tokens of the current second, by address: who has tried too many waits for the next one.
final class WrongTries {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<String, Integer> counts = new HashMap<>();
    private final LongSupplier nanoTime;
    private long began;

    WrongTries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /// Where too many addresses try at once, one that is not counted yet waits too.
    synchronized boolean tooManyBy(String address) {
        forgetThePast();
        return (counts.size() >= Ceilings.TRYING_ADDRESSES && !counts.containsKey(address))
                || counts.getOrDefault(address, 0) >= Ceilings.WRONG_TRIES;
    }

    synchronized void count(String address) {
        forgetThePast();
        counts.merge(address, 1, Integer::sum);
    }

    private void forgetThePast() {
        long now = nanoTime.getAsLong();
        if (now - began >= SECOND) {
            counts.clear();
            began = now;
        }
    }
}
