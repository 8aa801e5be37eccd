package io.echorack.http.stream;

import io.echorack.json.Json;
import io.echorack.model.engine.ServerStatus;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import io.echorack.rack.Rack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one viewer knows of the servers, and what is new to it: compared, not queued.
///
/// Thread: its viewer's.
final class RackNews {
    /// A server's whole representation, as a message.
    private record Changed(String type, String name, ServerSpec spec, ServerStatus status) {}

    private final Rack rack;
    private final Set<String> known = new HashSet<>();
    private long seen;

    RackNews(Rack rack) {
        this.rack = rack;
    }

    String snapshot(long atSeq) {
        seen = rack.revision();
        List<ServerView> servers = rack.servers();
        servers.forEach(server -> known.add(server.name()));
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("type", "snapshot");
        snapshot.put("servers", servers);
        snapshot.put("runs", List.of());
        snapshot.put("atSeq", atSeq);
        return Json.write(snapshot);
    }

    List<String> changes() {
        long now = rack.revision();
        if (now == seen) {
            return List.of();
        }
        List<String> messages = new ArrayList<>();
        for (ServerView server : rack.changedSince(seen)) {
            known.add(server.name());
            messages.add(
                    Json.write(
                            new Changed("server", server.name(), server.spec(), server.status())));
        }
        seen = now;
        Set<String> gone = new HashSet<>(known);
        rack.servers().forEach(server -> gone.remove(server.name()));
        known.removeAll(gone);
        for (String name : gone) {
            messages.add(Json.write(Map.of("type", "server", "name", name, "removed", true)));
        }
        return messages;
    }
}
