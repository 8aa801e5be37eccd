package io.echorack.http;

import io.echorack.json.Json;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.rack.Rack;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import org.eclipse.jetty.websocket.api.Callback;
import org.jspecify.annotations.Nullable;

/// `/api/v1/stream`: the live stream over WebSocket (RFC 6455).
final class StreamRoute {
    private static final String VIEWER = "viewer";
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int POLICY_VIOLATION = 1008;

    private final Rack rack;
    private final TrafficLog log;
    private final Scribe scribe;
    private final Watching watching = new Watching(Ceilings.VIEWERS);

    StreamRoute(Rack rack, TrafficLog log, Scribe scribe) {
        this.rack = rack;
        this.log = log;
        this.scribe = scribe;
    }

    void register(RoutesConfig routes) {
        routes.ws("/api/v1/stream", this::configure);
    }

    private void configure(WsConfig socket) {
        socket.onConnect(this::begin);
        socket.onMessage(this::hear);
        socket.onClose(this::end);
    }

    private void begin(WsConnectContext context) {
        if (!watching.enter()) {
            context.closeSession(
                    TRY_AGAIN_LATER, "%,d viewers watch already".formatted(Ceilings.VIEWERS));
            return;
        }
        Viewer viewer =
                new Viewer(
                        new Line(context.session),
                        log,
                        new RackNews(rack),
                        new StatsNews(rack, log, scribe, watching),
                        watching);
        Thread thread = Thread.ofVirtual().name("viewer").unstarted(viewer);
        context.attribute(VIEWER, viewer);
        context.attribute("thread", thread);
        thread.start();
    }

    private void hear(WsMessageContext context) {
        @Nullable Viewer viewer = context.attribute(VIEWER);
        if (viewer == null) {
            return;
        }
        try {
            if (!viewer.say(Subscription.of(Json.read(context.message())))) {
                context.closeSession(POLICY_VIOLATION, "too many messages at once");
            }
        } catch (Problem problem) {
            context.session.sendText(Viewer.error(problem), Callback.NOOP);
        }
    }

    private void end(WsContext context) {
        @Nullable Thread thread = context.attribute("thread");
        if (thread != null) {
            thread.interrupt();
            watching.leave();
        }
    }
}
