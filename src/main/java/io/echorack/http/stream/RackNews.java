package io.echorack.http.stream;

import io.echorack.json.Json;
import io.echorack.model.engine.ServerStatus;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import io.echorack.rack.Rack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one viewer knows of the servers, and what is new to it: compared, not queued.
///
/// Thread: its viewer's.
final class RackNews {
    /// A server's whole representation, as a message.
    private record Changed(String type, String name, ServerSpec spec, ServerStatus status) {}

    private final Rack rack;
    private Map<String, Long> known = Map.of();
    private long seen;

    RackNews(Rack rack) {
        this.rack = rack;
    }

    String snapshot(long atSeq) {
        seen = rack.changes();
        known = rack.revisions();
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("type", "snapshot");
        snapshot.put("servers", rack.servers());
        snapshot.put("runs", List.of());
        snapshot.put("atSeq", atSeq);
        return Json.write(snapshot);
    }

    List<String> changes() {
        long now = rack.changes();
        if (now == seen) {
            return List.of();
        }
        Map<String, Long> revisions = rack.revisions();
        List<String> messages = new ArrayList<>();
        revisions.forEach((name, revision) -> {
            if (!revision.equals(known.get(name))) {
                rack.find(name).map(RackNews::changed).ifPresent(messages::add);
            }
        });
        known.keySet().stream()
                .filter(name -> !revisions.containsKey(name))
                .map(RackNews::removed)
                .forEach(messages::add);
        seen = now;
        known = revisions;
        return messages;
    }

    private static String changed(ServerView server) {
        return Json.write(new Changed("server", server.name(), server.spec(), server.status()));
    }

    private static String removed(String name) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "server");
        message.put("name", name);
        message.put("removed", true);
        return Json.write(message);
    }
}
