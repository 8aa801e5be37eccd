package io.echorack.client;

import io.echorack.model.run.Run;
import io.echorack.model.run.RunReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run's way from its beginning to its end, as others see it.
///
/// Thread: any; reports come from the run's loop.
final class Course {
    private final AtomicLong changes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable PingPong pingPong;
    private volatile Run run;
    private volatile long revision;

    /// @param changes rises with every change of any run
    private Course(Run run, @Nullable PingPong pingPong, AtomicLong changes) {
        this.run = run;
        this.pingPong = pingPong;
        this.changes = changes;
        revision = changes.incrementAndGet();
    }

    static Course of(Run run, PingPong pingPong, AtomicLong changes) {
        return new Course(run, pingPong, changes);
    }

    /// One of an earlier program.
    static Course past(Run run, AtomicLong changes) {
        Course past = new Course(run, null, changes);
        past.ended.countDown();
        return past;
    }

    /// @param keep what is done with it at its end, in a thread of its own
    void begin(Consumer<Run> keep) {
        PingPong beginning = pingPong;
        if (beginning != null) {
            beginning.begin(report -> take(report, keep));
        }
    }

    void stop(String why) {
        PingPong going = pingPong;
        if (going != null) {
            going.stop(why);
        }
    }

    /// Waits for the end, until it has been kept as well.
    void await(Duration patience) {
        try {
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Run run() {
        return run;
    }

    long revision() {
        return revision;
    }

    boolean underWay() {
        return !run.report().state().ended();
    }

    private void take(RunReport report, Consumer<Run> keep) {
        Run newer = run.with(report);
        run = newer;
        revision = changes.incrementAndGet();
        if (report.state().ended()) {
            // What it remembers of its messages goes with it.
            pingPong = null;
            Thread.ofVirtual()
                    .name("keep run")
                    .start(() -> {
                        try {
                            keep.accept(newer);
                        } finally {
                            ended.countDown();
                        }
                    });
        }
    }
}
