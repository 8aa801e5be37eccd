package io.echorack.http;

import io.echorack.client.Runs;
import io.echorack.json.RunJson;
import io.echorack.json.RunReader;
import io.echorack.model.Ceilings;
import io.echorack.model.run.Run;
import io.echorack.model.run.RunSpec;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/api/v1/runs`: test clients that are started, watched, stopped and read.
final class RunRoutes {
    private static final Pattern WAIT = Pattern.compile("(\\d{1,6})(ms|s)");

    private final Runs runs;
    private final Aiming aiming;

    RunRoutes(Runs runs, Aiming aiming) {
        this.runs = runs;
        this.aiming = aiming;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/runs", this::all);
        routes.post("/api/v1/runs", this::start);
        routes.get("/api/v1/runs/{id}", this::one);
        routes.delete("/api/v1/runs/{id}", this::delete);
        routes.post("/api/v1/runs/{id}/stop", this::stop);
        routes.get("/api/v1/runs/{id}/histogram.hgrm", this::histogram);
    }

    private void all(Context context) {
        String lines = runs.all().stream().map(RunJson::line).collect(Collectors.joining(","));
        Answers.text(context, "{\"runs\":[" + lines + "]}");
    }

    private void start(Context context) {
        Optional<Duration> wait = wait(context);
        RunSpec spec = Asked.body(context).read(RunReader::spec);
        Run run =
                runs.start(
                        spec,
                        aiming.at(
                                Objects.requireNonNull(spec.target()),
                                spec.protocol(),
                                spec.framing(),
                                null));
        if (wait.isPresent()) {
            run = runs.await(run.id(), wait.get());
        }
        boolean result = wait.isPresent() && run.report().state().ended();
        context.status(result ? 200 : 202).header("Location", "/api/v1/runs/" + run.id());
        Answers.text(context, RunJson.whole(run));
    }

    private void one(Context context) {
        Answers.text(context, RunJson.whole(runs.run(id(context))));
    }

    private void stop(Context context) {
        Answers.text(context, RunJson.whole(runs.stop(id(context))));
    }

    private void delete(Context context) {
        runs.delete(id(context));
        context.status(204);
    }

    private void histogram(Context context) {
        Run run = runs.run(id(context));
        context.contentType("text/plain; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"" + run.id() + ".hgrm\"")
                .result(run.report().percentiles());
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }

    /// `?wait=30s`: how long the answer may wait for the run's end.
    private static Optional<Duration> wait(Context context) {
        @Nullable String given = context.queryParam("wait");
        if (given == null) {
            return Optional.empty();
        }
        Matcher written = WAIT.matcher(given);
        if (written.matches()) {
            long number = Long.parseLong(written.group(1));
            Duration wait =
                    written.group(2).equals("s")
                            ? Duration.ofSeconds(number)
                            : Duration.ofMillis(number);
            if (wait.toMillis() <= Ceilings.RUN_WAIT_MILLIS) {
                return Optional.of(wait);
            }
        }
        throw Asked.wrong("wait", "must be a time such as 30s or 500ms, at most 120s");
    }
}
