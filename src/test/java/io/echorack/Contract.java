package io.echorack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.echorack.Document.Operation;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// What the OpenAPI document promises, held against what goes over the wire: whatever is not as documented fails the
/// test that saw it.
final class Contract {
    private static final String PROBLEM = "application/problem+json";

    private Contract() {}

    /// A request and its answer.
    ///
    /// @param target path and query
    /// @param sentType the media type of what was sent
    /// @param whole whether the body is all of it
    record Exchange(
            String method,
            String target,
            String sentType,
            String sent,
            int status,
            HttpHeaders headers,
            String body,
            boolean whole) {
        String path() {
            return target.split("\\?", 2)[0];
        }

        String mediaType() {
            return headers.firstValue("Content-Type").orElse("").split(";", 2)[0].strip();
        }
    }

    static void hold(Exchange exchange) {
        Optional<String> path = Document.path(exchange.path());
        Optional<Operation> operation =
                Document.operations().stream()
                        .filter(one -> one.method().equals(exchange.method()))
                        .filter(one -> one.path().equals(path.orElse("")))
                        .findFirst();
        JsonNode response = response(exchange, path, operation);
        holdHeaders(exchange, response);
        holdBody(exchange, response.path("content"));
        if (operation.isPresent() && exchange.status() < 300) {
            holdQuery(exchange, operation.get());
            holdSent(exchange, operation.get());
        }
    }

    /// A message of the stream, or to it.
    static void holdMessage(String schema, String message) {
        String wrong = Document.wrong(Document.component("schemas", schema), message);
        if (!wrong.isEmpty()) {
            throw new AssertionError("Not a " + schema + ":\n" + wrong + "\n" + message);
        }
    }

    private static JsonNode response(
            Exchange exchange, Optional<String> path, Optional<Operation> operation) {
        if (exchange.body().contains("\"code\":\"bad_request\"")) {
            return Document.component("responses", "NotHttp");
        }
        boolean waits = exchange.headers().firstValue("Retry-After").isPresent();
        if (exchange.status() == 429 && waits && exchange.mediaType().equals(PROBLEM)) {
            return Document.component("responses", "TooManyTries");
        }
        if (operation.isPresent()) {
            JsonNode responses = operation.get().node().path("responses");
            JsonNode response = responses.path(Integer.toString(exchange.status()));
            return documented(exchange, Document.resolved(response));
        }
        String name =
                switch (exchange.status()) {
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> path.isPresent() ? "" : "NotFound";
                    case 405 -> path.isPresent() ? "MethodNotAllowed" : "";
                    default -> "";
                };
        return documented(exchange, Document.ROOT.path("components").path("responses").path(name));
    }

    private static JsonNode documented(Exchange exchange, JsonNode response) {
        if (response.isMissingNode()) {
            throw failure(exchange, "the document has no such answer to it");
        }
        return response;
    }

    private static void holdHeaders(Exchange exchange, JsonNode response) {
        response.path("headers")
                .properties()
                .forEach(header -> {
                    boolean needed =
                            Document.resolved(header.getValue()).path("required").asBoolean();
                    if (needed && exchange.headers().firstValue(header.getKey()).isEmpty()) {
                        throw failure(exchange, "it has no header " + header.getKey());
                    }
                });
    }

    private static void holdBody(Exchange exchange, JsonNode content) {
        if (content.isMissingNode()) {
            if (!exchange.body().isEmpty()) {
                throw failure(exchange, "it should have no body");
            }
            return;
        }
        JsonNode media = content.path(exchange.mediaType());
        if (media.isMissingNode()) {
            throw failure(exchange, exchange.mediaType() + " is not its documented media type");
        }
        if (!exchange.whole()) {
            return;
        }
        JsonNode schema = media.path("schema");
        if (schema.has("contentSchema")) {
            exchange.body()
                    .lines()
                    .forEach(line -> holdJson(exchange, schema.path("contentSchema"), line));
        } else if (exchange.mediaType().endsWith("json")) {
            holdJson(exchange, schema, exchange.body());
        }
        if (exchange.mediaType().equals(PROBLEM)
                && Running.tree(exchange.body()).path("status").asInt() != exchange.status()) {
            throw failure(exchange, "its body says another status");
        }
    }

    private static void holdJson(Exchange exchange, JsonNode schema, String json) {
        String wrong = Document.wrong(schema, json);
        if (!wrong.isEmpty()) {
            throw failure(exchange, wrong);
        }
    }

    /// What was taken must be documented as well.
    private static void holdQuery(Exchange exchange, Operation operation) {
        String[] parts = exchange.target().split("\\?", 2);
        if (parts.length < 2) {
            return;
        }
        for (String pair : parts[1].split("&", -1)) {
            String[] given = pair.split("=", 2);
            JsonNode parameter =
                    operation.parameters().stream()
                            .filter(one -> one.path("in").asText().equals("query"))
                            .filter(one -> one.path("name").asText().equals(given[0]))
                            .findFirst()
                            .orElseThrow(
                                    () -> failure(exchange, "no parameter " + given[0] + " there"));
            String value = URLDecoder.decode(given[1], StandardCharsets.UTF_8);
            JsonNode schema = Document.resolved(parameter.path("schema"));
            JsonNode asked =
                    schema.path("type").asText().equals("integer")
                            ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                            : JsonNodeFactory.instance.textNode(value);
            holdJson(exchange, schema, asked.toString());
        }
    }

    private static void holdSent(Exchange exchange, Operation operation) {
        if (exchange.sent().isEmpty()) {
            return;
        }
        JsonNode content = operation.node().path("requestBody").path("content");
        JsonNode media = content.path(exchange.sentType().toLowerCase(Locale.ROOT));
        if (media.isMissingNode()) {
            throw failure(exchange, "it took a body that is not documented");
        }
        holdJson(exchange, media.path("schema"), exchange.sent());
    }

    private static AssertionError failure(Exchange exchange, String why) {
        return new AssertionError(
                "Not as documented: %s %s answered %d: %s\nsent: %s\ncame: %s %s"
                        .formatted(
                                exchange.method(),
                                exchange.target(),
                                exchange.status(),
                                why,
                                exchange.sent(),
                                exchange.mediaType(),
                                exchange.body().length() > 3_000
                                        ? exchange.body().substring(0, 3_000) + "…"
                                        : exchange.body()));
    }

    /// Headers as they stand in an answer's head.
    static HttpHeaders headers(String head) {
        return HttpHeaders.of(
                head.lines()
                        .skip(1)
                        .filter(line -> line.contains(":"))
                        .map(line -> line.split(":", 2))
                        .collect(
                                java.util.stream.Collectors.groupingBy(
                                        line -> line[0].strip(),
                                        java.util.stream.Collectors.mapping(
                                                line -> line[1].strip(),
                                                java.util.stream.Collectors.toList()))),
                (_, _) -> true);
    }
}
