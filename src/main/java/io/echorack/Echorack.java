package io.echorack;

import io.echorack.client.Prober;
import io.echorack.client.Runs;
import io.echorack.client.Targets;
import io.echorack.echo.NettyEngine;
import io.echorack.http.ControlPlane;
import io.echorack.http.door.Lock;
import io.echorack.rack.Rack;
import io.echorack.store.Database;
import io.echorack.store.RunTable;
import io.echorack.store.SpecTable;
import io.echorack.traffic.Rings;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import io.echorack.wire.RecordedFrames;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running program: every room, put together from the ground up and taken down the other way.
public final class Echorack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Echorack.class);

    private final Deque<AutoCloseable> rooms;
    private final Settings settings;
    private final @Nullable Lock lock;
    private final ControlPlane controlPlane;

    private Echorack(
            Deque<AutoCloseable> rooms,
            Settings settings,
            @Nullable Lock lock,
            ControlPlane controlPlane) {
        this.rooms = rooms;
        this.settings = settings;
        this.lock = lock;
        this.controlPlane = controlPlane;
    }

    /// Starts everything; where something can't be, what was opened before it is closed again.
    public static Echorack start(Settings settings) {
        Deque<AutoCloseable> rooms = new ArrayDeque<>();
        Lock lock = settings.token() == null ? null : new Lock(settings.token());
        try {
            return new Echorack(rooms, settings, lock, open(settings, lock, rooms));
        } catch (RuntimeException failed) {
            close(rooms);
            throw failed;
        }
    }

    private static ControlPlane open(
            Settings settings, @Nullable Lock lock, Deque<AutoCloseable> rooms) {
        Transport transport = settings.transportOrBest();
        Sockets sockets = new Sockets();
        int loops = Runtime.getRuntime().availableProcessors();
        Database database = opened(rooms, new Database(settings.data()));
        Rings rings = new Rings(loops);
        TrafficLog log = new TrafficLog();
        Scribe scribe = opened(rooms, new Scribe(rings, log));
        Path certificates = settings.data().resolve("certificates");
        NettyEngine engine =
                opened(rooms, new NettyEngine(transport, sockets, loops, rings, certificates));
        Rack rack = new Rack(engine, new SpecTable(database), rings.shared());
        rack.load();
        Prober prober = opened(rooms, new Prober(transport, sockets));
        Runs runs = opened(rooms, new Runs(transport, sockets, new RunTable(database)));
        runs.load();
        AtomicInteger controlPort = new AtomicInteger(settings.port());
        Targets targets = new Targets(controlPort::get);
        ControlPlane controlPlane =
                opened(
                        rooms,
                        new ControlPlane(
                                new ControlPlane.Entrance(settings.host(), settings.port(), lock),
                                new ControlPlane.Rooms(
                                        rack,
                                        engine,
                                        log,
                                        scribe,
                                        prober,
                                        runs,
                                        targets,
                                        new RecordedFrames(),
                                        version())));
        controlPort.set(controlPlane.port());
        sockets.reserve();
        rack.bringUp();
        return controlPlane;
    }

    public int port() {
        return controlPlane.port();
    }

    /// Where the page is, seen from this machine.
    public URI link() {
        return link(settings.isEverywhere() ? Settings.DEFAULT_HOST : settings.host(), port());
    }

    /// The same for the browser that is opened here: it goes by a command line, which others can read, and so without
    /// the token itself.
    URI linkToOpen() {
        return lock == null ? link() : link().resolve("?token=" + lock.ticket());
    }

    static URI link(String host, int port) {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port + "/");
    }

    List<String> routes() {
        return controlPlane.routes();
    }

    static String version() {
        String packaged = Echorack.class.getPackage().getImplementationVersion();
        return packaged == null ? "unpackaged" : packaged;
    }

    @Override
    public void close() {
        close(rooms);
    }

    private static void close(Deque<AutoCloseable> rooms) {
        while (!rooms.isEmpty()) {
            try {
                rooms.pop().close();
            } catch (Exception unclosed) {
                LOG.warn("Something did not close", unclosed);
            }
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> rooms, T room) {
        rooms.push(room);
        return room;
    }
}
