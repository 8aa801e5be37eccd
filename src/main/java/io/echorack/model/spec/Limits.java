package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import org.jspecify.annotations.Nullable;

/// What a server bears; what is null is left to its default.
public record Limits(@Nullable Integer maxConnections, @Nullable Integer idleTimeoutMs) {
    public static final Limits DEFAULTS = new Limits(null, null);

    private static final int DEFAULT_CONNECTIONS = 1_000;
    private static final int DAY_MILLIS = 86_400_000;

    public Limits {
        new Check()
                .range("/maxConnections", maxConnections, 1, Ceilings.CONNECTIONS_PER_SERVER)
                .range("/idleTimeoutMs", idleTimeoutMs, 0, DAY_MILLIS)
                .done();
    }

    public int connections() {
        return maxConnections == null ? DEFAULT_CONNECTIONS : maxConnections;
    }

    /// Milliseconds without a byte either way before a connection is closed; 0: never.
    public int idleMillis() {
        return idleTimeoutMs == null ? 0 : idleTimeoutMs;
    }
}
