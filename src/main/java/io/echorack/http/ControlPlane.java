package io.echorack.http;

import io.echorack.client.Prober;
import io.echorack.client.Targets;
import io.echorack.model.Ceilings;
import io.echorack.model.engine.EchoEngine;
import io.echorack.rack.Rack;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// The top floor: REST, the stream and the pages, behind the guard.
public final class ControlPlane implements AutoCloseable {
    /// What the routes stand on.
    public record Rooms(
            Rack rack,
            EchoEngine engine,
            TrafficLog log,
            Scribe scribe,
            Prober prober,
            Targets targets,
            String version) {}

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int FRAMES_TO_A_VIEWER = 8;

    private final Javalin javalin;

    /// Binds and serves; the rack may be brought up afterwards.
    public ControlPlane(String host, int port, Rooms rooms) {
        javalin = Javalin.create(config -> configure(config, host, port, rooms)).start();
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, String host, int port, Rooms rooms) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Ceilings.BODY_BYTES;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(HEADER_BYTES);
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector =
                    new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            return connector;
        });
        config.jetty.modifyServer(ControlPlane::guard);
        config.jetty.modifyServletContextHandler(ControlPlane::forgetSessions);
        config.jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setIdleTimeout(Duration.ofSeconds(Line.PATIENCE_SECONDS));
            sockets.setMaxTextMessageSize(Ceilings.VIEWER_FRAME_BYTES);
            sockets.setMaxFrameSize(Ceilings.VIEWER_FRAME_BYTES);
            sockets.setMaxOutgoingFrames(FRAMES_TO_A_VIEWER);
        });
        routes(config.routes, rooms);
    }

    private static void routes(RoutesConfig routes, Rooms rooms) {
        Problems.register(routes);
        new ServerRoutes(rooms.rack()).register(routes);
        new ConnectionRoutes(rooms.engine()).register(routes);
        new EventRoutes(rooms.log()).register(routes);
        new ProbeRoutes(rooms.prober(), rooms.targets(), rooms.rack()).register(routes);
        new StreamRoute(rooms.rack(), rooms.log(), rooms.scribe()).register(routes);
        new ProgramRoutes(rooms.version(), rooms.rack(), rooms.engine(), rooms.log())
                .register(routes);
    }

    private static void guard(Server server) {
        Guard guard = new Guard();
        Handler behind = server.getHandler();
        guard.setHandler(behind);
        server.setHandler(guard);
    }

    /// A WebSocket upgrade makes an HTTP session, of which we have no use: no cookie for it.
    private static void forgetSessions(ServletContextHandler handler) {
        if (handler.getSessionHandler() != null) {
            handler.getSessionHandler().setUsingCookies(false);
        }
    }
}
