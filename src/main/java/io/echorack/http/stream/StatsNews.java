package io.echorack.http.stream;

import io.echorack.json.Json;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.ServerView;
import io.echorack.rack.Rack;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The figures that one viewer gets once a second; rates are over the time since its last ones.
///
/// Thread: its viewer's.
final class StatsNews {
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Rack rack;
    private final TrafficLog log;
    private final Scribe scribe;
    private final Watching watching;
    private Map<String, Counters> before = new HashMap<>();
    private long beforeNanos = System.nanoTime();
    private long watchedBefore;
    private long scribedBefore;

    StatsNews(Rack rack, TrafficLog log, Scribe scribe, Watching watching) {
        this.rack = rack;
        this.log = log;
        this.scribe = scribe;
        this.watching = watching;
        watchedBefore = watching.busyNanos.sum();
        scribedBefore = scribe.busyNanos();
    }

    String json() {
        long now = System.nanoTime();
        double seconds = Math.max(1, now - beforeNanos) / SECOND_NANOS;
        Map<String, Counters> counted = new HashMap<>();
        List<Map<String, Object>> servers =
                rack.servers().stream()
                        .map(server -> {
                            counted.put(server.name(), server.status().counters());
                            return rates(server, seconds);
                        })
                        .toList();
        long watched = watching.busyNanos.sum();
        long scribed = scribe.busyNanos();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("type", "stats");
        stats.put("at", Instant.now());
        stats.put("servers", servers);
        stats.put("log", logFigures(percent(scribed - scribedBefore, seconds)));
        stats.put("watching", watchingFigures(percent(watched - watchedBefore, seconds)));
        before = counted;
        beforeNanos = now;
        watchedBefore = watched;
        scribedBefore = scribed;
        return Json.write(stats);
    }

    private Map<String, Object> rates(ServerView server, double seconds) {
        Counters now = server.status().counters();
        Counters then = before.getOrDefault(server.name(), now);
        Map<String, Object> rates = new LinkedHashMap<>();
        rates.put("name", server.name());
        rates.put("connections", server.status().connections());
        rates.put("messagesInPerSecond", rate(now.messagesIn(), then.messagesIn(), seconds));
        rates.put("messagesOutPerSecond", rate(now.messagesOut(), then.messagesOut(), seconds));
        rates.put("bytesInPerSecond", rate(now.bytesIn(), then.bytesIn(), seconds));
        rates.put("bytesOutPerSecond", rate(now.bytesOut(), then.bytesOut(), seconds));
        rates.put("counters", now);
        return rates;
    }

    private Map<String, Object> logFigures(double cpuPercent) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bytes", log.bytes());
        figures.put("capacityBytes", log.capacityBytes());
        figures.put("events", log.latestSeq() - log.oldestSeq() + 1);
        figures.put("oldestSeq", log.oldestSeq());
        figures.put("latestSeq", log.latestSeq());
        figures.put("lost", scribe.lost());
        figures.put("cpuPercent", cpuPercent);
        return figures;
    }

    private Map<String, Object> watchingFigures(double cpuPercent) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("viewers", watching.viewers());
        figures.put("cpuPercent", cpuPercent);
        figures.put("skipped", watching.skipped.sum());
        figures.put("unread", watching.unread.sum());
        return figures;
    }

    /// Of one core, to a tenth.
    private static double percent(long busyNanos, double seconds) {
        return Math.round(1_000 * busyNanos / (seconds * SECOND_NANOS)) / 10.0;
    }

    /// A server that was forgotten and made again begins anew.
    private static double rate(long now, long then, double seconds) {
        return Math.round(10 * Math.max(0, now - then) / seconds) / 10.0;
    }
}
