package io.echorack.http;

import io.echorack.json.Json;
import io.echorack.model.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place in which a problem becomes problem+json (RFC 9457).
final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, context) -> answer(context, problem));
        routes.exception(
                HttpResponseException.class,
                (refused, context) -> answer(context, of(refused, context)));
        routes.exception(
                Exception.class,
                (failure, context) -> {
                    LOG.error("{} {} failed", context.method(), context.path(), failure);
                    answer(
                            context,
                            new Problem(
                                    Problem.Code.INTERNAL,
                                    "The program failed; its log says how."));
                });
    }

    static String json(Problem problem) {
        return json(problem, status(problem.code()));
    }

    /// The same, with the HTTP status that it goes with.
    static String json(Problem problem, int status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title(problem.code()));
        members.put("status", status);
        members.put("code", problem.code().text());
        members.put("detail", problem.sentence());
        if (!problem.fields().isEmpty()) {
            members.put("errors", problem.fields());
        }
        problem.place().ifPresent(place -> members.put("position", place));
        return Json.write(members);
    }

    static int status(Problem.Code code) {
        return switch (code) {
            case BAD_REQUEST, INVALID_JSON, BAD_FILTER -> 400;
            case PORT_FORBIDDEN, TARGET_NOT_ALLOWED, FORBIDDEN_ORIGIN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NAME_TAKEN, PORT_IN_USE, ADDRESS_UNAVAILABLE, NOT_RUNNING, RESTART_REFUSED -> 409;
            case PAYLOAD_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case INVALID_FIELD -> 422;
            case LIMIT_REACHED -> 429;
            case INTERNAL -> 500;
        };
    }

    private static void answer(Context context, Problem problem) {
        context.status(status(problem.code())).contentType(CONTENT_TYPE).result(json(problem));
    }

    /// What Javalin itself found wrong.
    private static Problem of(HttpResponseException refused, Context context) {
        String asked = context.method() + " " + context.path();
        return switch (refused.getStatus()) {
            case 404 -> Problem.notFound("There is nothing at " + context.path() + ".");
            case 405 -> {
                // The one detail that Javalin gives: the methods that are (RFC 9110 §15.5.6).
                refused.getDetails().values().forEach(methods -> context.header("Allow", methods));
                yield new Problem(Problem.Code.METHOD_NOT_ALLOWED, asked + " is not offered here.");
            }
            case 413 -> new Problem(Problem.Code.PAYLOAD_TOO_LARGE, "The body is too large.");
            default -> {
                LOG.error("{} was refused", asked, refused);
                yield new Problem(Problem.Code.INTERNAL, String.valueOf(refused.getMessage()));
            }
        };
    }

    private static String title(Problem.Code code) {
        String words = code.text().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
