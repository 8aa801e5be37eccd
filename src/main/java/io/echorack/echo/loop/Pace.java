package io.echorack.echo.loop;

import java.util.concurrent.TimeUnit;

/// How many messages one peer has had in the second that runs.
///
/// Thread: its peer's loop.
public final class Pace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long begun = System.nanoTime() - SECOND;
    private int taken;

    /// Takes a message's place in this second; false where all are taken.
    public boolean take(long now, int perSecond) {
        if (now - begun >= SECOND) {
            begun = now;
            taken = 0;
        }
        if (taken >= perSecond) {
            return false;
        }
        taken++;
        return true;
    }

    /// How long until the next second begins.
    public long nanosLeft(long now) {
        return Math.max(0, begun + SECOND - now);
    }
}
