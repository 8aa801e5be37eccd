package io.echorack.http.stream;

import io.echorack.client.Runs;
import io.echorack.json.Body;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.rack.Rack;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/v1/stream`: the live stream over WebSocket (RFC 6455). It stands on Jetty itself, before the servlets: through
/// them every upgrade would leave an HTTP session behind.
public final class Stream {
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final String PATH = "/api/v1/stream";
    private static final int FRAMES_TO_A_VIEWER = 8;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int POLICY_VIOLATION = 1008;

    private final Rack rack;
    private final Runs runs;
    private final TrafficLog log;
    private final Scribe scribe;
    private final Watching watching = new Watching(Ceilings.VIEWERS);

    public Stream(Rack rack, Runs runs, TrafficLog log, Scribe scribe) {
        this.rack = rack;
        this.runs = runs;
        this.log = log;
        this.scribe = scribe;
    }

    /// What watching costs, and what the log holds and lost.
    public Map<String, Object> watching() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("logBytes", log.bytes());
        figures.put("oldestSeq", log.oldestSeq());
        figures.put("latestSeq", log.latestSeq());
        figures.put("eventsLost", scribe.lost());
        figures.put("viewers", watching.viewers());
        figures.put("skipped", watching.skipped.sum());
        figures.put("unread", watching.unread.sum());
        return figures;
    }

    /// Stands before a handler and takes the upgrades to the stream.
    public Handler before(Server server, Handler behind) {
        WebSocketUpgradeHandler upgrades = WebSocketUpgradeHandler.from(server, this::configure);
        upgrades.setHandler(behind);
        return upgrades;
    }

    private void configure(ServerWebSocketContainer sockets) {
        sockets.setIdleTimeout(Duration.ofSeconds(Line.PATIENCE_SECONDS));
        sockets.setMaxTextMessageSize(Ceilings.VIEWER_FRAME_BYTES);
        sockets.setMaxFrameSize(Ceilings.VIEWER_FRAME_BYTES);
        sockets.setMaxOutgoingFrames(FRAMES_TO_A_VIEWER);
        sockets.addMapping(PATH, (_, _, _) -> new Socket());
    }

    /// One viewer's WebSocket.
    ///
    /// Thread: Jetty's, one call at a time; the viewer itself has a thread of its own.
    public final class Socket implements Session.Listener.AutoDemanding {
        private @Nullable Session session;
        private @Nullable Viewer viewer;
        private @Nullable Thread thread;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            if (!watching.enter()) {
                opened.close(
                        TRY_AGAIN_LATER,
                        "%,d viewers watch already".formatted(Ceilings.VIEWERS),
                        Callback.NOOP);
                return;
            }
            Viewer begun =
                    new Viewer(
                            new Line(opened),
                            log,
                            new RackNews(rack, runs),
                            new StatsNews(rack, log, scribe, watching),
                            watching);
            viewer = begun;
            thread = Thread.ofVirtual().name("viewer").start(begun);
        }

        @Override
        public void onWebSocketText(String message) {
            if (viewer == null || session == null) {
                return;
            }
            try {
                if (!viewer.say(Subscription.of(Body.of(message)))) {
                    session.close(POLICY_VIOLATION, "too many messages at once", Callback.NOOP);
                }
            } catch (Problem problem) {
                session.sendText(Viewer.error(problem), Callback.NOOP);
            }
        }

        /// A viewer that goes away without a word, or on which we closed: `onWebSocketClose` follows.
        @Override
        public void onWebSocketError(Throwable cause) {
            LOG.debug("A viewer is gone: {}", cause.toString());
        }

        @Override
        public void onWebSocketClose(int status, String reason, Callback callback) {
            if (thread != null) {
                thread.interrupt();
                thread = null;
                watching.leave();
            }
            callback.succeed();
        }
    }
}
