package io.echorack.echo.blocking;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.Limits;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees from outside that a connection's time is over, since its thread may wait in a call: that nothing moved for longer than
/// `idleTimeoutMs`, or that it is older than `maxLifetimeMs`. It wakes when that could be so and not at every byte.
///
/// Thread: any.
final class Watch {
    private final ScheduledExecutorService clock;
    private final Supplier<Limits> limits;
    private final BiConsumer<CloseKind, String> over;
    private final long begun = System.nanoTime();
    private volatile long lastMove = begun;
    private boolean ended;
    private @Nullable Future<?> next;

    Watch(
            ScheduledExecutorService clock,
            Supplier<Limits> limits,
            BiConsumer<CloseKind, String> over) {
        this.clock = clock;
        this.limits = limits;
        this.over = over;
    }

    void moved() {
        lastMove = System.nanoTime();
    }

    /// Looks whether its time is over, and when to look again; at the start, and when the limits changed.
    synchronized void look() {
        cancel();
        if (ended) {
            return;
        }
        Limits now = limits.get();
        int idle = now.idleMillis();
        long idleLeft = idle == 0 ? Long.MAX_VALUE : left(lastMove, idle);
        @Nullable Integer life = now.maxLifetimeMs();
        long lifeLeft = life == null ? Long.MAX_VALUE : left(begun, life);
        if (idleLeft <= 0) {
            over.accept(CloseKind.IDLE_TIMEOUT, "nothing moved for %,d ms".formatted(idle));
        } else if (lifeLeft <= 0) {
            over.accept(CloseKind.LIMIT, "maxLifetimeMs, %,d, are over".formatted(life));
        } else if (Math.min(idleLeft, lifeLeft) < Long.MAX_VALUE) {
            long left = Math.min(idleLeft, lifeLeft);
            next = clock.schedule(this::look, left, TimeUnit.NANOSECONDS);
        }
    }

    synchronized void end() {
        ended = true;
        cancel();
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private static long left(long since, int millis) {
        return since + TimeUnit.MILLISECONDS.toNanos(millis) - System.nanoTime();
    }
}
