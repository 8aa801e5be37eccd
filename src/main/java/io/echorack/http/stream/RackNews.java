package io.echorack.http.stream;

import io.echorack.client.Runs;
import io.echorack.json.Json;
import io.echorack.json.RunJson;
import io.echorack.model.engine.ServerStatus;
import io.echorack.model.engine.ServerView;
import io.echorack.model.run.Run;
import io.echorack.model.spec.ServerSpec;
import io.echorack.rack.Rack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one viewer knows of the servers and the runs.
///
/// Thread: its viewer's.
final class RackNews {
    /// Runs that had ended before a viewer came, and are told it all the same.
    private static final int ENDED_RUNS = 20;

    /// A server's whole representation, as a message.
    private record Changed(String type, String name, ServerSpec spec, ServerStatus status) {}

    private final Rack rack;
    private final Runs runs;
    private final News ofServers;
    private final News ofRuns;

    RackNews(Rack rack, Runs runs) {
        this.rack = rack;
        this.runs = runs;
        ofServers =
                new News(
                        rack::changes,
                        rack::revisions,
                        name -> rack.find(name).map(RackNews::changed),
                        name -> removed("server", "name", name));
        ofRuns =
                new News(
                        runs::changes,
                        runs::revisions,
                        id -> runs.find(id).map(run -> RunJson.message("run", run)),
                        id -> removed("run", "id", id));
    }

    String snapshot(long atSeq) {
        ofServers.begin();
        ofRuns.begin();
        return "{\"type\":\"snapshot\",\"servers\":%s,\"runs\":[%s],\"atSeq\":%d}"
                .formatted(Json.write(rack.servers()), newestRuns(), atSeq);
    }

    List<String> changes() {
        return Stream.concat(ofServers.messages().stream(), ofRuns.messages().stream()).toList();
    }

    private String newestRuns() {
        List<Run> all = runs.all();
        long ended = all.stream().filter(RackNews::hasEnded).count();
        long untold = Math.max(0, ended - ENDED_RUNS);
        List<Run> newest = new ArrayList<>();
        for (Run run : all) {
            if (!hasEnded(run) || untold-- <= 0) {
                newest.add(run);
            }
        }
        return newest.stream().map(RunJson::line).collect(Collectors.joining(","));
    }

    private static boolean hasEnded(Run run) {
        return run.report().state().ended();
    }

    private static String changed(ServerView server) {
        return Json.write(new Changed("server", server.name(), server.spec(), server.status()));
    }

    private static String removed(String type, String key, String name) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put(key, name);
        message.put("removed", true);
        return Json.write(message);
    }
}
