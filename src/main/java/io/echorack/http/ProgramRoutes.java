package io.echorack.http;

import io.echorack.http.stream.Stream;
import io.echorack.json.ApiDocument;
import io.echorack.model.Ceilings;
import io.echorack.model.engine.EchoEngine;
import io.echorack.rack.Rack;
import io.echorack.traffic.TrafficLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The program about itself: `/api/v1/info`, `/health`, `/ready` and `/openapi.json`.
final class ProgramRoutes {
    private final String version;
    private final Rack rack;
    private final EchoEngine engine;
    private final TrafficLog log;
    private final Stream stream;
    private final Instant started = Instant.now();

    ProgramRoutes(String version, Rack rack, EchoEngine engine, TrafficLog log, Stream stream) {
        this.version = version;
        this.rack = rack;
        this.engine = engine;
        this.log = log;
        this.stream = stream;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/info", this::info);
        routes.get("/health", context -> Answers.json(context, Map.of("status", "up")));
        routes.get("/ready", this::ready);
        routes.get("/openapi.json", context -> Answers.text(context, ApiDocument.text(version)));
    }

    private void info(Context context) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("name", "Echorack");
        info.put("version", version);
        info.put("java", Runtime.version().toString());
        info.put("transport", engine.transport());
        info.put("started", started);
        info.put("log", log.id());
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("servers", Ceilings.SERVERS);
        limits.put("sockets", engine.mostSockets());
        limits.put("socketsOpen", engine.openSockets());
        limits.put("viewers", Ceilings.VIEWERS);
        limits.put("bodyBytes", Ceilings.BODY_BYTES);
        limits.put("logBytes", log.capacityBytes());
        limits.put("pageEvents", Ceilings.PAGE_EVENTS);
        limits.put("closedConnections", Ceilings.CLOSED_CONNECTIONS);
        limits.put("laneItems", Ceilings.LANE_ITEMS);
        limits.put("reframeBytes", Ceilings.REFRAME_BYTES);
        limits.put("waiters", Ceilings.WAITERS);
        limits.put("viewerEventsPerSecond", Ceilings.VIEWER_EVENTS_PER_SECOND);
        info.put("limits", limits);
        info.put("watching", stream.watching());
        Answers.json(context, info);
    }

    private void ready(Context context) {
        boolean ready = rack.ready();
        context.status(ready ? 200 : 503);
        Answers.json(context, Map.of("status", ready ? "ready" : "starting"));
    }
}
