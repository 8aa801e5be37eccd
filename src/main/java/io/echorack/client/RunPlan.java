package io.echorack.client;

import io.echorack.model.run.RunSpec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A run's numbers, each with its default in place.
///
/// @param most the messages of all connections together
/// @param durationNanos for how long messages go out; without end where only their number is given
record RunPlan(int connections, int inFlight, long most, long durationNanos, long timeoutNanos) {
    /// How long second answers may come when nothing is waited for any more.
    static final long STRAGGLERS_MILLIS = 50;

    private static final long MOST_LATE_MILLIS = 500;
    private static final long MOST_TICK_MILLIS = 10;

    static RunPlan of(RunSpec spec) {
        return new RunPlan(
                spec.connectionsOrOne(),
                spec.inFlightOrOne(),
                spec.most(),
                spec.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE),
                spec.timeout().toNanos());
    }

    /// How often a run looks for what has waited too long.
    long tickMillis() {
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(timeoutNanos) / 4, 1, MOST_TICK_MILLIS);
    }

    /// How long late answers are waited for where some are missing at the end.
    long lateMillis() {
        return Math.clamp(
                TimeUnit.NANOSECONDS.toMillis(timeoutNanos), STRAGGLERS_MILLIS, MOST_LATE_MILLIS);
    }
}
