package io.echorack.http;

import io.echorack.model.Problem;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionAct.PauseRead;
import io.echorack.model.engine.ConnectionAct.ResumeRead;
import io.echorack.model.engine.ConnectionAct.Send;
import io.echorack.model.engine.ConnectionAct.ShutdownOutput;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.EchoEngine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/api/v1/connections`: TCP connections and UDP peers.
final class ConnectionRoutes {
    private static final String ALL = "/api/v1/connections";
    private static final String ONE = ALL + "/{id}";

    private final EchoEngine engine;

    ConnectionRoutes(EchoEngine engine) {
        this.engine = engine;
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.get(ONE, context -> Answers.json(context, one(context)));
        routes.delete(ONE, this::close);
        routes.post(
                ONE + "/send", context -> act(context, new Send(Asked.body(context).payload())));
        routes.post(ONE + "/shutdown-output", context -> act(context, new ShutdownOutput()));
        routes.post(ONE + "/pause-read", context -> act(context, new PauseRead()));
        routes.post(ONE + "/resume-read", context -> act(context, new ResumeRead()));
    }

    private void list(Context context) {
        @Nullable String server = context.queryParam("server");
        List<ConnectionView> connections =
                engine.connections().stream()
                        .filter(connection -> server == null || connection.server().equals(server))
                        .toList();
        Answers.json(context, Map.of("connections", connections));
    }

    ConnectionView one(Context context) {
        return engine.connection(number(context)).orElseThrow(() -> unknown(context));
    }

    private void close(Context context) {
        CloseKind how =
                Asked.choice(
                        context,
                        "how",
                        CloseKind.FIN,
                        Map.of("fin", CloseKind.FIN, "rst", CloseKind.RST));
        ConnectionView connection = one(context);
        if (!engine.close(number(context), how)) {
            throw closed(connection);
        }
        context.status(204);
    }

    private void act(Context context, ConnectionAct act) {
        ConnectionView connection = one(context);
        if (!engine.act(number(context), act)) {
            throw closed(connection);
        }
        Answers.json(context, one(context));
    }

    static long number(Context context) {
        String id = context.pathParam("id");
        try {
            return Long.parseLong(id.startsWith("c") ? id.substring(1) : "");
        } catch (NumberFormatException noId) {
            throw unknown(context);
        }
    }

    private static Problem closed(ConnectionView connection) {
        return new Problem(Problem.Code.NOT_RUNNING, connection.id() + " is closed already.");
    }

    private static Problem unknown(Context context) {
        return Problem.notFound(
                "There is no connection " + context.pathParam("id") + ", or not any more.");
    }
}
