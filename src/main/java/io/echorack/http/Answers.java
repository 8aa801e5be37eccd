package io.echorack.http;

import io.echorack.json.Json;
import io.javalin.http.Context;

/// Writes answers.
final class Answers {
    private Answers() {}

    static void json(Context context, Object value) {
        text(context, Json.write(value));
    }

    /// JSON that is written already.
    static void text(Context context, String json) {
        context.contentType("application/json").header("Cache-Control", "no-store").result(json);
    }
}
