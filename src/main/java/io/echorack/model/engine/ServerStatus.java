package io.echorack.model.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server as it is.
///
/// @param reason why it failed, in a sentence
/// @param port the real one, 0 while it is not bound and none was asked for
/// @param socket what the kernel granted
/// @param threads who waits for its clients, while it runs
/// @param tls the certificate that it shows; null where it runs without TLS, or not at all
/// @param connections open connections, or known UDP peers
public record ServerStatus(
        ServerState state,
        @Nullable String reason,
        String host,
        int port,
        @Nullable Instant since,
        Map<String, Object> socket,
        LiveServer.@Nullable Threads threads,
        @Nullable Certificate tls,
        int connections,
        @Nullable Change lastChange,
        Map<String, FaultStatus> faults,
        Counters counters) {

    /// How the last change of the spec came into force.
    public record Change(Applied applied, int connectionsClosed) {}

    /// How often a fault has struck.
    public record FaultStatus(long applied) {}

    public enum Applied {
        LIVE,
        RESTARTED
    }
}
