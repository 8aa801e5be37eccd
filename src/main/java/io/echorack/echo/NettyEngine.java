package io.echorack.echo;

import io.echorack.echo.blocking.BlockingServer;
import io.echorack.echo.blocking.Crew;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.loop.Loops;
import io.echorack.echo.tcp.TcpServer;
import io.echorack.echo.udp.OwnSockets;
import io.echorack.echo.udp.UdpServer;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.EchoEngine;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Tap;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.echorack.wire.tls.SelfSigned;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The data plane: servers on the same few loops of Netty, or with threads of their own that wait.
public final class NettyEngine implements EchoEngine {
    private final Loops loops;
    private final Crew crew;
    private final Conversations conversations = new Conversations();
    private final OwnSockets ownSockets = new OwnSockets();

    private final SelfSigned selfSigned;

    /// @param certificates the folder that keeps those that sign themselves
    public NettyEngine(
            Transport transport,
            Sockets sockets,
            int loopCount,
            Tap.Source taps,
            Path certificates) {
        selfSigned = new SelfSigned(certificates);
        loops = new Loops(transport, sockets, loopCount, taps);
        crew = new Crew(taps.shared(), sockets);
    }

    @Override
    public LiveServer open(ServerSpec spec) {
        return switch (spec.transport()) {
            case TCP ->
                    spec.waits().blocks()
                            ? new BlockingServer(spec, crew, conversations)
                            : new TcpServer(spec, loops, conversations, selfSigned);
            case UDP -> new UdpServer(spec, loops, conversations, ownSockets);
        };
    }

    @Override
    public List<ConnectionView> connections() {
        return conversations.views();
    }

    @Override
    public Optional<ConnectionView> connection(long number) {
        return conversations.view(number);
    }

    @Override
    public boolean close(long number, CloseKind how) {
        return conversations.close(number, how);
    }

    @Override
    public boolean act(long number, ConnectionAct act) {
        return conversations.act(number, act);
    }

    @Override
    public String transport() {
        return loops.transport().text();
    }

    @Override
    public int openSockets() {
        return loops.sockets().open();
    }

    @Override
    public int mostSockets() {
        return loops.sockets().ceiling();
    }

    @Override
    public void close() {
        crew.close();
        loops.close();
    }
}
