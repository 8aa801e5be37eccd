package io.echorack.echo.tcp;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Notices that nothing moved on a connection for longer than its limit: no byte came, and none of those that wait left. It
/// wakes when that could be so and not at every byte.
///
/// Thread: the connection's loop.
final class IdleWatch {
    private final EventLoop loop;
    private final IntSupplier limitMillis;
    private final LongSupplier unsent;
    private final Runnable onIdle;
    private long lastUnsent;
    private long lastMove = System.nanoTime();
    private @Nullable ScheduledFuture<?> next;

    IdleWatch(EventLoop loop, IntSupplier limitMillis, LongSupplier unsent, Runnable onIdle) {
        this.loop = loop;
        this.limitMillis = limitMillis;
        this.unsent = unsent;
        this.onIdle = onIdle;
    }

    /// @param at when, by `System.nanoTime()`
    void moved(long at) {
        lastMove = at;
    }

    /// Looks whether it is idle, and when to look again; at the start, and when the limit changed. 0 is no limit.
    void look() {
        end();
        int limit = limitMillis.getAsInt();
        if (limit == 0) {
            return;
        }
        long stillUnsent = unsent.getAsLong();
        if (stillUnsent != lastUnsent) {
            lastUnsent = stillUnsent;
            moved(System.nanoTime());
        }
        long silent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastMove);
        if (silent >= limit) {
            onIdle.run();
        } else {
            next = loop.schedule(this::look, limit - silent, TimeUnit.MILLISECONDS);
        }
    }

    void end() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
