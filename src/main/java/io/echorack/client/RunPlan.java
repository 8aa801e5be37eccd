package io.echorack.client;

import io.echorack.model.run.RunSpec;
import java.time.Duration;

/// A run's numbers, each with its default in place.
///
/// @param most the messages of all connections together
/// @param durationNanos for how long messages go out; without end where only their number is given
record RunPlan(int connections, int inFlight, long most, long durationNanos, long timeoutNanos) {
    static RunPlan of(RunSpec spec) {
        return new RunPlan(
                spec.connectionsOrOne(),
                spec.inFlightOrOne(),
                spec.most(),
                spec.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE),
                spec.timeout().toNanos());
    }
}
