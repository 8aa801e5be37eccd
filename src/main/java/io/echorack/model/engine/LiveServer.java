package io.echorack.model.engine;

import io.echorack.model.spec.ServerSpec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/// A server that is bound.
public interface LiveServer {
    InetSocketAddress address();

    Counters counters();

    /// Open connections, or known UDP peers.
    int connections();

    /// What the kernel granted, and what it tells of the socket now.
    Map<String, Object> socket();

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
}
