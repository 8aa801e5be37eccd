package io.echorack.echo.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What one connection has planned for later, forgotten together with it.
///
/// Thread: its loop.
public final class Plans {
    private final EventLoop loop;
    private final Set<ScheduledFuture<?>> planned = new HashSet<>();
    private boolean over;

    public Plans(EventLoop loop) {
        this.loop = loop;
    }

    public void after(long nanos, Runnable then) {
        if (over) {
            return;
        }
        ScheduledFuture<?>[] own = new ScheduledFuture<?>[1];
        own[0] =
                loop.schedule(
                        () -> {
                            planned.remove(own[0]);
                            then.run();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
        planned.add(own[0]);
    }

    public void forget() {
        over = true;
        planned.forEach(plan -> plan.cancel(false));
        planned.clear();
    }
}
