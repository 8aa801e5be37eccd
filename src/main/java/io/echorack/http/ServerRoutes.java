package io.echorack.http;

import io.echorack.json.Body;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import io.echorack.rack.Rack;
import io.echorack.rack.WholeRack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/api/v1/servers`: the rack over REST.
final class ServerRoutes {
    private static final String ALL = "/api/v1/servers";
    private static final String ONE = ALL + "/{name}";

    private final Rack rack;
    private final WholeRack whole;

    ServerRoutes(Rack rack) {
        this.rack = rack;
        whole = new WholeRack(rack);
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.post(ALL, this::create);
        routes.put(ALL, this::putAll);
        routes.post("/api/v1/reset", this::reset);
        routes.get(ONE, context -> answer(context, rack.server(name(context))));
        routes.get(ONE + "/certificate.pem", this::certificate);
        routes.put(ONE, this::put);
        routes.patch(ONE, this::patch);
        routes.delete(ONE, this::delete);
        routes.post(ONE + "/start", context -> answer(context, rack.start(name(context))));
        routes.post(
                ONE + "/stop",
                context -> answer(context, rack.stop(name(context), Asked.drain(context))));
        routes.post(
                ONE + "/restart",
                context -> answer(context, rack.restart(name(context), Asked.drain(context))));
    }

    private void list(Context context) {
        Answers.json(context, Map.of("servers", rack.servers()));
    }

    private void certificate(Context context) {
        ServerView server = rack.server(name(context));
        @Nullable Certificate shown = server.status().tls();
        if (shown != null) {
            context.contentType("application/x-pem-file")
                    .header("Cache-Control", "no-store")
                    .result(shown.pem());
        } else if (server.spec().tls() == null) {
            throw Problem.notFound(server.name() + " speaks no TLS.");
        } else {
            throw new Problem(
                    Problem.Code.NOT_RUNNING,
                    server.name() + " is not running; start it to see its certificate.");
        }
    }

    private void create(Context context) {
        created(context, rack.create(Asked.body(context).spec()));
    }

    private void put(Context context) {
        ServerSpec asked = Asked.body(context).spec();
        String name = name(context);
        if (!asked.name().isEmpty() && !asked.name().equals(name)) {
            throw Asked.wrong("name", "must be " + name + ", as in the path, or absent");
        }
        boolean isNew = !rack.has(name);
        ServerView server = rack.put(asked.named(name));
        if (isNew) {
            created(context, server);
        } else {
            answer(context, server);
        }
    }

    private void patch(Context context) {
        Body patch = Asked.body(context);
        boolean mayRestart =
                Asked.choice(context, "restart", true, Map.of("allow", true, "refuse", false));
        answer(context, rack.change(name(context), patch::patching, mayRestart));
    }

    private void delete(Context context) {
        rack.delete(name(context), Asked.drain(context));
        context.status(204);
    }

    /// The whole rack at once. Every spec is read before anything changes. Where a server can't be brought about, the rest is
    /// as asked, and the answer is the first one's problem with a sentence for each.
    private void putAll(Context context) {
        List<WholeRack.Refused> refused = whole.put(Asked.body(context).specs(Ceilings.SERVERS));
        if (!refused.isEmpty()) {
            String each =
                    refused.stream()
                            .map(one -> one.name() + ": " + one.problem().sentence())
                            .collect(Collectors.joining(" "));
            throw new Problem(
                    refused.getFirst().problem().code(),
                    "%,d of the servers could not be brought about, the others are as asked. %s"
                            .formatted(refused.size(), each));
        }
        list(context);
    }

    private void reset(Context context) {
        whole.reset();
        list(context);
    }

    private static void created(Context context, ServerView server) {
        context.status(201).header("Location", ALL + "/" + server.name());
        answer(context, server);
    }

    private static void answer(Context context, ServerView server) {
        Answers.json(context, server);
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }
}
