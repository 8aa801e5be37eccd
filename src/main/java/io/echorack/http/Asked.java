package io.echorack.http;

import io.echorack.json.Body;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.spec.Payload.Form;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a request asks for: its body and its query, each within its bounds.
final class Asked {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private Asked() {}

    /// The body as JSON.
    static Body body(Context context) {
        @Nullable String type = context.contentType();
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !media.equals(MERGE_PATCH)) {
            throw new Problem(
                    Problem.Code.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON: send it with Content-Type: application/json.");
        }
        try {
            byte[] bytes = context.req().getInputStream().readNBytes(Ceilings.BODY_BYTES + 1);
            if (bytes.length > Ceilings.BODY_BYTES) {
                throw new Problem(
                        Problem.Code.PAYLOAD_TOO_LARGE,
                        "The body is larger than %,d bytes.".formatted(Ceilings.BODY_BYTES));
            }
            return Body.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static long number(Context context, String name, long otherwise, long least, long most) {
        @Nullable String given = context.queryParam(name);
        if (given == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException unreadable) {
            // Told below, as what is out of range.
        }
        throw wrong(name, "must be a whole number from %,d to %,d".formatted(least, most));
    }

    static <T> T choice(Context context, String name, T otherwise, Map<String, T> choices) {
        @Nullable String given = context.queryParam(name);
        if (given == null) {
            return otherwise;
        }
        @Nullable T chosen = choices.get(given);
        if (chosen == null) {
            throw wrong(
                    name,
                    "must be one of "
                            + String.join(", ", choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    /// `?as=text|hex|base64`: the form in which payloads are wanted.
    static Optional<Form> form(Context context) {
        return choice(
                context,
                "as",
                Optional.empty(),
                Map.of(
                        "text", Optional.of(Form.TEXT),
                        "hex", Optional.of(Form.HEX),
                        "base64", Optional.of(Form.BASE64)));
    }

    /// `?drainMs=`: how long open connections may take to finish.
    static Duration drain(Context context) {
        return Duration.ofMillis(number(context, "drainMs", 0, 0, Ceilings.DRAIN_MILLIS));
    }

    static Problem wrong(String name, String detail) {
        return Problem.invalid(List.of(new Problem.Field("/" + name, detail)));
    }
}
