package io.echorack.http;

import io.echorack.json.ProblemJson;
import io.echorack.model.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place in which a problem becomes problem+json (RFC 9457).
final class Problems {
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

    private static void answer(Context context, Problem problem) {
        context.status(ProblemJson.status(problem.code()))
                .contentType(ProblemJson.CONTENT_TYPE)
                .result(ProblemJson.of(problem));
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
}
