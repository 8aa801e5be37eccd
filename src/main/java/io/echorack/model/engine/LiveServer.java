package io.echorack.model.engine;

import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.ServerSpec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A server that is bound.
public interface LiveServer {
    InetSocketAddress address();

    Counters counters();

    /// Open connections, or known UDP peers.
    int connections();

    Threads threads();

    /// What the kernel granted, and what it tells of the socket now.
    Map<String, Object> socket();

    /// What it shows those who speak TLS to it.
    default Optional<Certificate> certificate() {
        return Optional.empty();
    }

    /// How often each fault that it has or had has struck, by id.
    Map<String, Long> faults();

    /// Takes on what of the spec can change without a new bind.
    void apply(ServerSpec spec);

    /// Gives its address free and keeps its connections, so that another may try to bind there.
    void unlisten();

    /// Takes its address again after `unlisten`.
    void listenAgain();

    /// Stops listening, waits that long at most for open connections to finish, closes the rest, and says how many it closed.
    int stop(Duration drain);

    /// How a server waits for its clients, and how many threads do that for it now: the loops that all servers share, or
    /// threads of its own.
    record Threads(IoModel model, int live) {}
}
