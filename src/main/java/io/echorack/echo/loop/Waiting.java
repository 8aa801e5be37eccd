package io.echorack.echo.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A bounded wait for the loops to bring something about.
///
/// Thread: a request's, never a loop's.
public final class Waiting {
    /// How long a stopped server gives its clients to take what was already answered.
    public static final Duration FLUSH = Duration.ofMillis(500);

    /// How long closing a channel may take.
    public static final Duration CLOSE = Duration.ofSeconds(5);

    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private Waiting() {}

    public static void until(BooleanSupplier done, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
