package io.echorack.echo.loop;

import java.util.concurrent.TimeUnit;

/// How many messages one peer has had in the second that runs.
///
/// Thread: its peer's loop.
public final class Pace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long begun = System.nanoTime() - SECOND;
    private int taken;

    /// Whether there is room for one more in this second.
    public boolean hasRoom(long now, int perSecond) {
        if (now - begun >= SECOND) {
            begun = now;
            taken = 0;
        }
        return taken < perSecond;
    }

    public void count() {
        taken++;
    }

    /// How long until the next second begins.
    public long nanosLeft(long now) {
        return Math.max(0, begun + SECOND - now);
    }
}
