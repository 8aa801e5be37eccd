package io.echorack.rack;

import io.echorack.model.Problem;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    /// Makes the rack these servers and no others. Servers that trade ports step aside for each other; what can't be
    /// brought about is told, and the rest goes on.
    public List<Refused> put(List<ServerSpec> asked) {
        List<String> wanted = asked.stream().map(ServerSpec::name).toList();
        rack.servers().stream()
                .map(ServerView::name)
                .filter(name -> !wanted.contains(name))
                .forEach(this::deleteIfThere);
        List<ServerSpec> again =
                asked.stream().filter(spec -> refusal(() -> rack.put(spec)).isPresent()).toList();
        Map<String, ServerSpec> before = stepAside(again);
        List<Refused> refused = new ArrayList<>();
        for (ServerSpec spec : again) {
            refusal(() -> putAndStart(spec))
                    .ifPresent(problem -> refused.add(new Refused(spec.name(), problem)));
        }
        refused.stream()
                .map(one -> before.get(one.name()))
                .filter(Objects::nonNull)
                .forEach(old -> refusal(() -> putAndStart(old)));
        return refused;
    }

    /// Stops those that run, and says what they were.
    private Map<String, ServerSpec> stepAside(List<ServerSpec> servers) {
        Map<String, ServerSpec> before = new HashMap<>();
        for (ServerSpec spec : servers) {
            rack.find(spec.name())
                    .filter(server -> server.status().state() == ServerState.RUNNING)
                    .ifPresent(server -> {
                        before.put(server.name(), server.spec());
                        rack.stop(server.name(), Duration.ZERO);
                    });
        }
        return before;
    }

    private void putAndStart(ServerSpec spec) {
        rack.put(spec);
        if (spec.startsByItself()) {
            rack.start(spec.name());
        }
    }

    private static Optional<Problem> refusal(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Problem problem) {
            return Optional.of(problem);
        }
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
