package io.echorack.echo.tcp;

import io.echorack.echo.loop.Pace;
import io.echorack.model.spec.Limits;
import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one client may have: so long a life, so many bytes, so many messages a second.
///
/// Thread: its connection's loop.
final class Allowance {
    private final EventLoop loop;
    private final Supplier<Limits> limits;
    private final Consumer<String> end;
    private final Runnable goOn;
    private final Pace pace = new Pace();
    private final long begun = System.nanoTime();
    private @Nullable ScheduledFuture<?> lifetime;
    private @Nullable ScheduledFuture<?> waits;

    /// @param end is told why when a limit is passed
    /// @param goOn is called when messages may be answered again
    Allowance(EventLoop loop, Supplier<Limits> limits, Consumer<String> end, Runnable goOn) {
        this.loop = loop;
        this.limits = limits;
        this.end = end;
        this.goOn = goOn;
    }

    /// Looks how long it may still live, at the beginning and when the limits have changed.
    void look() {
        cancel(lifetime);
        @Nullable Integer most = limits.get().maxLifetimeMs();
        if (most != null) {
            long left = TimeUnit.MILLISECONDS.toNanos(most) - (System.nanoTime() - begun);
            String why = "maxLifetimeMs, %,d, are over".formatted(most);
            lifetime = loop.schedule(() -> end.accept(why), left, TimeUnit.NANOSECONDS);
        }
    }

    void stop() {
        cancel(lifetime);
        cancel(waits);
    }

    /// So many bytes have come in all.
    void came(long bytes) {
        @Nullable Long most = limits.get().maxBytesPerConnection();
        if (most != null && bytes > most) {
            end.accept("maxBytesPerConnection, %,d, have come".formatted(most));
        }
    }

    /// Whether one more message may be answered in this second; if not, it goes on in the next.
    boolean takesMessage() {
        @Nullable Integer perSecond = limits.get().maxMessagesPerSecondPerPeer();
        if (perSecond == null) {
            return true;
        }
        long now = System.nanoTime();
        boolean takes = pace.hasRoom(now, perSecond);
        if (!takes && waits == null) {
            waits = loop.schedule(this::resume, pace.nanosLeft(now), TimeUnit.NANOSECONDS);
        }
        return takes;
    }

    void answered() {
        pace.count();
    }

    private void resume() {
        waits = null;
        goOn.run();
    }

    private static void cancel(@Nullable ScheduledFuture<?> planned) {
        if (planned != null) {
            planned.cancel(false);
        }
    }
}
