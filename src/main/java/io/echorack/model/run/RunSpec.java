package io.echorack.model.run;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run as asked for and nothing else; what was left out is null, and has its default in the methods.
///
/// @param connections how many at once; 1 unless said
/// @param inFlight the unanswered messages that one connection may have; 1 unless said
/// @param count messages of all connections together; 1,000 where neither this nor a duration is given
/// @param durationMs for how long messages go out
/// @param timeoutMs how long an answer may take before its message is lost; 2,000 unless said
/// @param verify what the answers are held against; the named server's behavior unless said
public record RunSpec(
        @Nullable Target target,
        @Nullable Protocol protocol,
        @Nullable Mode mode,
        @Nullable Integer connections,
        @Nullable Integer inFlight,
        @Nullable Long count,
        @Nullable Integer durationMs,
        @Nullable Integer timeoutMs,
        @Nullable RunPayload payload,
        @Nullable Framing framing,
        @Nullable Verify verify) {
    private static final long DEFAULT_COUNT = 1_000;
    private static final int DEFAULT_TIMEOUT_MILLIS = 2_000;

    public RunSpec {
        new Check()
                .that(target != null, "/target", "is needed: a server's name, or a host and a port")
                .range("/connections", connections, 1, Ceilings.RUN_CONNECTIONS)
                .range("/inFlight", inFlight, 1, Ceilings.RUN_IN_FLIGHT)
                .range("/count", count, 1, Ceilings.RUN_MESSAGES)
                .range("/durationMs", durationMs, 1, Ceilings.RUN_MILLIS)
                .range("/timeoutMs", timeoutMs, 1, Ceilings.PROBE_MILLIS)
                .that(protocol != Protocol.UDP || framing == null, "/framing", "is for tcp")
                .done();
    }

    public int connectionsOrOne() {
        return connections == null ? 1 : connections;
    }

    public int inFlightOrOne() {
        return inFlight == null ? 1 : inFlight;
    }

    /// The most messages; without end where only a duration is given.
    public long most() {
        if (count != null) {
            return count;
        }
        return durationMs == null ? DEFAULT_COUNT : Long.MAX_VALUE;
    }

    public Optional<Duration> duration() {
        return Optional.ofNullable(durationMs).map(Duration::ofMillis);
    }

    public Duration timeout() {
        return Duration.ofMillis(timeoutMs == null ? DEFAULT_TIMEOUT_MILLIS : timeoutMs);
    }
}
