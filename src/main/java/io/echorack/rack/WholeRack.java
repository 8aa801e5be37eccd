package io.echorack.rack;

import io.echorack.model.Problem;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is done to all servers at once, server by server.
///
/// Thread: any.
public final class WholeRack {
    /// A server that could not be brought about as asked.
    public record Refused(String name, Problem problem) {}

    private final Rack rack;

    public WholeRack(Rack rack) {
        this.rack = rack;
    }

    /// Makes the rack these servers and no others; what can't bind is told, the rest goes on.
    public List<Refused> put(List<ServerSpec> asked) {
        List<String> wanted = asked.stream().map(ServerSpec::name).toList();
        rack.servers().stream()
                .map(ServerView::name)
                .filter(name -> !wanted.contains(name))
                .forEach(this::deleteIfThere);
        List<Refused> refused = new ArrayList<>();
        for (ServerSpec spec : asked) {
            try {
                rack.put(spec);
            } catch (Problem problem) {
                refused.add(new Refused(spec.name(), problem));
            }
        }
        return refused;
    }

    /// Stops and forgets all servers.
    public void reset() {
        rack.servers().forEach(server -> deleteIfThere(server.name()));
    }

    private void deleteIfThere(String name) {
        try {
            rack.delete(name, Duration.ZERO);
        } catch (Problem gone) {
            if (gone.code() != Problem.Code.NOT_FOUND) {
                throw gone;
            }
        }
    }
}
