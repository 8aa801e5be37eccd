package io.echorack.model.engine;

import io.echorack.model.spec.ServerSpec;
import java.util.List;
import java.util.Optional;

/// The data plane, as the rack sees it.
public interface EchoEngine extends AutoCloseable {
    /// Binds a server and waits for it; a `Problem` says why it can't be.
    LiveServer open(ServerSpec spec);

    /// Open connections and the latest closed ones, oldest first.
    List<ConnectionView> connections();

    Optional<ConnectionView> connection(long number);

    /// Closes an open connection: FIN after what is to be sent, or RST at once. False where there is none open.
    boolean close(long number, CloseKind how);

    /// Does that to an open connection and waits for it; a `Problem` says why it can't be. False where there is none open.
    boolean act(long number, ConnectionAct act);

    /// `epoll` or `nio`.
    String transport();

    /// Sockets of servers, connections and test clients that are open, and how many may be.
    int openSockets();

    int mostSockets();

    @Override
    void close();
}
