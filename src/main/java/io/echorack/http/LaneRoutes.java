package io.echorack.http;

import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.Recording;
import io.echorack.model.engine.Reframer;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import io.echorack.model.traffic.Direction;
import io.echorack.traffic.TrafficLog;
import io.echorack.traffic.lanes.Hint;
import io.echorack.traffic.lanes.Hints;
import io.echorack.traffic.lanes.Lanes;
import io.echorack.traffic.lanes.Recorder;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A connection's reads beside its messages: `/api/v1/connections/{id}/stream`, and the same cut anew, `/reframe`.
final class LaneRoutes {
    private static final String ONE = "/api/v1/connections/{id}";
    private static final int DEFAULT_LIMIT = 1_000;

    /// The answer of `stream`.
    private record Shown(
            String connection,
            String server,
            Protocol protocol,
            @Nullable String direction,
            @Nullable Framing framing,
            List<Lanes.Read> reads,
            List<Lanes.Frame> frames,
            List<Lanes.Write> writes,
            List<Lanes.Datagram> datagrams,
            long leftover,
            @Nullable Long firstHeldOffset,
            List<Hint> hints,
            String log,
            long oldestSeq,
            long latestSeq,
            long next) {}

    /// The answer of `reframe`.
    private record Recut(
            String connection,
            String server,
            Framing framing,
            int bytes,
            boolean complete,
            List<Reframer.Frame> frames,
            long count,
            @Nullable Long next,
            long leftover,
            Reframer.@Nullable Close error) {}

    private final ConnectionRoutes connections;
    private final ControlPlane.Rooms rooms;
    private final Semaphore reframings = new Semaphore(Ceilings.REFRAMINGS);

    LaneRoutes(ConnectionRoutes connections, ControlPlane.Rooms rooms) {
        this.connections = connections;
        this.rooms = rooms;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE + "/stream", this::stream);
        routes.post(ONE + "/reframe", this::reframe);
    }

    private void stream(Context context) {
        ConnectionView connection = connections.one(context);
        Optional<Direction> direction = direction(context, connection.protocol());
        long after = Asked.number(context, "after", 0, 0, Long.MAX_VALUE);
        rooms.scribe().catchUp();
        Lanes lanes =
                Lanes.of(
                        rooms.log(),
                        ConnectionRoutes.number(context),
                        direction.orElse(null),
                        after,
                        limit(context));
        Answers.json(context, shown(connections.one(context), direction, lanes));
    }

    private Shown shown(ConnectionView connection, Optional<Direction> direction, Lanes lanes) {
        boolean isIn =
                connection.protocol() == Protocol.TCP
                        && direction.equals(Optional.of(Direction.IN));
        Optional<Framing> framing = framing(connection);
        TrafficLog log = rooms.log();
        return new Shown(
                connection.id(),
                connection.server(),
                connection.protocol(),
                direction.map(Direction::text).orElse(null),
                framing.orElse(null),
                lanes.reads(),
                lanes.frames(),
                lanes.writes(),
                lanes.datagrams(),
                isIn ? lanes.leftover().orElse(connection.leftoverBytes()) : 0,
                orNull(lanes.firstHeldOffset()),
                isIn && framing.isPresent()
                        ? Hints.of(log, lanes, connection, framing.get())
                        : List.of(),
                log.id(),
                log.oldestSeq(),
                lanes.latestSeq(),
                lanes.next());
    }

    private void reframe(Context context) {
        ConnectionView connection = connections.one(context);
        Framing framing = Asked.body(context).framing();
        long fromOffset = Asked.number(context, "fromOffset", 0, 0, Long.MAX_VALUE);
        int limit = limit(context);
        if (connection.protocol() == Protocol.UDP) {
            throw Asked.wrong("type", "is for tcp; datagrams are not cut");
        }
        if (!reframings.tryAcquire()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "%,d connections are cut anew already.".formatted(Ceilings.REFRAMINGS));
        }
        try {
            rooms.scribe().catchUp();
            Recording recording =
                    Recorder.of(rooms.log(), ConnectionRoutes.number(context), connection);
            Reframer.Reframed made =
                    rooms.reframer().reframe(recording, framing, fromOffset, limit);
            Answers.json(
                    context,
                    new Recut(
                            connection.id(),
                            connection.server(),
                            framing,
                            recording.bytes().length,
                            recording.bytes().length == connection.bytesIn(),
                            made.frames(),
                            made.count(),
                            made.next(),
                            made.leftover(),
                            made.error()));
        } finally {
            reframings.release();
        }
    }

    /// What its server cuts by now; a connection keeps the framing that it was accepted under.
    private Optional<Framing> framing(ConnectionView connection) {
        return connection.protocol() == Protocol.UDP
                ? Optional.empty()
                : rooms.rack()
                        .find(connection.server())
                        .map(ServerView::spec)
                        .map(spec -> spec.frames());
    }

    /// One direction of a tcp connection, both of a udp peer unless one is asked for.
    private static Optional<Direction> direction(Context context, Protocol protocol) {
        return Asked.choice(
                context,
                "direction",
                protocol == Protocol.TCP ? Optional.of(Direction.IN) : Optional.empty(),
                Map.of("in", Optional.of(Direction.IN), "out", Optional.of(Direction.OUT)));
    }

    private static int limit(Context context) {
        return (int) Asked.number(context, "limit", DEFAULT_LIMIT, 1, Ceilings.LANE_ITEMS);
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
