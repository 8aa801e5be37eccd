package io.echorack.http;

import io.echorack.client.Prober;
import io.echorack.client.Runs;
import io.echorack.client.Targets;
import io.echorack.http.door.Door;
import io.echorack.http.door.Guard;
import io.echorack.http.door.Lock;
import io.echorack.http.door.SignIn;
import io.echorack.http.page.Pages;
import io.echorack.http.stream.Stream;
import io.echorack.model.Address;
import io.echorack.model.Ceilings;
import io.echorack.model.engine.EchoEngine;
import io.echorack.model.engine.Reframer;
import io.echorack.rack.Rack;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/// The top floor: REST, the stream and the pages, behind the guard.
public final class ControlPlane implements AutoCloseable {
    /// What the routes stand on.
    public record Rooms(
            Rack rack,
            EchoEngine engine,
            TrafficLog log,
            Scribe scribe,
            Prober prober,
            Runs runs,
            Targets targets,
            Reframer reframer,
            String version) {}

    /// Where it listens, and what opens it to callers; nothing does where everybody may call.
    public record Entrance(String host, int port, @Nullable Lock lock) {}

    private static final int HEADER_BYTES = 16 * 1024;

    private final Javalin javalin;

    /// Binds and serves; the rack may be brought up afterwards.
    public ControlPlane(Entrance entrance, Rooms rooms) {
        javalin = Javalin.create(config -> configure(config, entrance, rooms)).start();
    }

    public int port() {
        return javalin.port();
    }

    /// Every route, as `GET /api/v1/servers`. The stream is not among them: it stands in front of them.
    public List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(route -> route.endpoint.method + " " + route.endpoint.path)
                .toList();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, Entrance entrance, Rooms rooms) {
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
            connector.setHost(entrance.host());
            connector.setPort(entrance.port());
            return connector;
        });
        Stream stream = new Stream(rooms.rack(), rooms.runs(), rooms.log(), rooms.scribe());
        config.jetty.modifyServer(server -> guard(server, entrance, stream));
        routes(config.routes, rooms, stream);
        Lock lock = entrance.lock();
        Pages pages = new Pages(new RackPages(rooms.rack(), rooms.version()), lock != null);
        pages.register(config);
        if (lock != null) {
            new SignIn(lock, pages).register(config.routes);
        }
    }

    private static void routes(RoutesConfig routes, Rooms rooms, Stream stream) {
        Problems.register(routes);
        new ServerRoutes(rooms.rack()).register(routes);
        ConnectionRoutes connections = new ConnectionRoutes(rooms.engine());
        connections.register(routes);
        new LaneRoutes(connections, rooms).register(routes);
        new EventRoutes(rooms.log()).register(routes);
        new WaitRoutes(rooms.log(), rooms.scribe()).register(routes);
        Aiming aiming = new Aiming(rooms.targets(), rooms.rack());
        new ProbeRoutes(rooms.prober(), aiming).register(routes);
        new RunRoutes(rooms.runs(), aiming).register(routes);
        new ProgramRoutes(rooms.version(), rooms.rack(), rooms.engine(), rooms.log(), stream)
                .register(routes);
    }

    private static void guard(Server server, Entrance entrance, Stream stream) {
        Handler program = stream.before(server, server.getHandler());
        Guard guard = new Guard(Address.isLoopback(entrance.host()));
        guard.setHandler(entrance.lock() == null ? program : door(entrance.lock(), program));
        server.setHandler(guard);
        // Each has a descriptor, of which the program keeps so many for itself.
        server.addBean(new NetworkConnectionLimit(Ceilings.HTTP_CONNECTIONS, server));
        server.setErrorHandler(new BareErrors());
    }

    private static Handler door(Lock lock, Handler behind) {
        Door door = new Door(lock);
        door.setHandler(behind);
        return door;
    }
}
