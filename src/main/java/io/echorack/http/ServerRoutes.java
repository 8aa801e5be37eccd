package io.echorack.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.json.Json;
import io.echorack.json.MergePatch;
import io.echorack.json.SpecReader;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import io.echorack.rack.Rack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/api/v1/servers`: the rack over REST.
final class ServerRoutes {
    private static final String ALL = "/api/v1/servers";
    private static final String ONE = ALL + "/{name}";

    private final Rack rack;

    ServerRoutes(Rack rack) {
        this.rack = rack;
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.post(ALL, this::create);
        routes.put(ALL, this::putAll);
        routes.post("/api/v1/reset", this::reset);
        routes.get(ONE, context -> answer(context, rack.server(name(context))));
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

    private void create(Context context) {
        created(context, rack.create(SpecReader.read(Asked.body(context))));
    }

    private void put(Context context) {
        ServerSpec asked = SpecReader.read(Asked.body(context));
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
        JsonNode patch = Asked.body(context);
        boolean mayRestart =
                Asked.choice(context, "restart", true, Map.of("allow", true, "refuse", false));
        if (!patch.isObject()) {
            throw Problem.invalid(List.of(new Problem.Field("", "must be an object")));
        }
        answer(
                context,
                rack.change(
                        name(context),
                        spec -> SpecReader.read(MergePatch.apply(Json.tree(spec), patch)),
                        mayRestart));
    }

    private void delete(Context context) {
        rack.delete(name(context), Asked.drain(context));
        context.status(204);
    }

    /// The whole rack at once. Every spec is read before anything changes; a server that can't bind is told beside the rest.
    private void putAll(Context context) {
        JsonNode body = Asked.body(context);
        if (!body.isArray()) {
            throw Problem.invalid(List.of(new Problem.Field("", "must be a list of specs")));
        }
        List<Rack.Refused> refused = rack.putAll(specs(body));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("servers", rack.servers());
        answer.put(
                "problems",
                refused.stream()
                        .map(one ->
                                Map.of(
                                        "name", one.name(),
                                        "code", one.problem().code().text(),
                                        "detail", one.problem().sentence()))
                        .toList());
        Answers.json(context, answer);
    }

    private static List<ServerSpec> specs(JsonNode list) {
        List<Problem.Field> wrong = new ArrayList<>();
        List<ServerSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (list.size() > Ceilings.SERVERS) {
            wrong.add(
                    new Problem.Field("", "must be at most %,d specs".formatted(Ceilings.SERVERS)));
        }
        for (int i = 0; i < list.size() && i < Ceilings.SERVERS; i++) {
            String pointer = "/" + i;
            try {
                ServerSpec spec = SpecReader.read(list.get(i));
                if (spec.name().isEmpty() || !names.add(spec.name())) {
                    wrong.add(
                            new Problem.Field(
                                    pointer + "/name", "is needed here, and each but once"));
                }
                specs.add(spec);
            } catch (Problem found) {
                found.fields()
                        .forEach(field ->
                                wrong.add(
                                        new Problem.Field(
                                                pointer + field.pointer(), field.detail())));
            }
        }
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return specs;
    }

    private void reset(Context context) {
        rack.reset();
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
