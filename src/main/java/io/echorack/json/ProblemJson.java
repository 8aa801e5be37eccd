package io.echorack.json;

import io.echorack.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a problem is written (RFC 9457), and the HTTP status that goes with its code.
public final class ProblemJson {
    public static final String CONTENT_TYPE = "application/problem+json";

    private ProblemJson() {}

    public static String of(Problem problem) {
        return of(problem, status(problem.code()));
    }

    /// The same, with the HTTP status that it goes with.
    public static String of(Problem problem, int status) {
        Map<String, Object> members = members(problem);
        members.put("status", status);
        return Json.write(members);
    }

    /// Its members, for a problem that tells more than others (RFC 9457 §3.2).
    public static Map<String, Object> members(Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title(problem.code()));
        members.put("status", status(problem.code()));
        members.put("code", problem.code().text());
        members.put("detail", problem.sentence());
        if (!problem.fields().isEmpty()) {
            members.put("errors", problem.fields());
        }
        problem.place().ifPresent(place -> members.put("position", place));
        return members;
    }

    public static int status(Problem.Code code) {
        return switch (code) {
            case BAD_REQUEST, INVALID_JSON, BAD_FILTER -> 400;
            case UNAUTHORIZED -> 401;
            case PORT_FORBIDDEN, TARGET_NOT_ALLOWED, FORBIDDEN_ORIGIN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case TIMEOUT -> 408;
            case NAME_TAKEN,
                    PORT_IN_USE,
                    ADDRESS_UNAVAILABLE,
                    NOT_RUNNING,
                    RESTART_REFUSED,
                    NOT_CAPTURED ->
                    409;
            case PAYLOAD_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case INVALID_FIELD -> 422;
            case LIMIT_REACHED -> 429;
            case INTERNAL -> 500;
        };
    }

    private static String title(Problem.Code code) {
        String words = code.text().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
