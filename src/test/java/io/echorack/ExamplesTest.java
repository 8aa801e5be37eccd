package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.Document.Operation;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example in the OpenAPI document works as it stands, on a rack where `line-upper` has been created and talked to.
class ExamplesTest {
    @TempDir Path data;

    /// An operation with one of its bodies, and one of its query's parameters at a time.
    record Example(Operation operation, String query, String mediaType, String body) {
        @Override
        public String toString() {
            return operation + query + " " + body;
        }
    }

    static Stream<Example> examples() {
        return Document.operations().stream()
                .filter(operation -> !operation.path().equals("/api/v1/stream"))
                .filter(operation -> !operation.node().at("/tags/0").asText().equals("Door"))
                .flatMap(operation ->
                        Stream.concat(
                                bodies(operation),
                                operation.parameters().stream()
                                        .filter(one -> one.path("in").asText().equals("query"))
                                        .flatMap(one -> asked(operation, one))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itIsTaken(Example example) throws IOException {
        try (Running rack = new Running(data)) {
            if (example.operation().node().path("operationId").asText().equals("createServer")) {
                taken(rack, example);
                return;
            }
            int port = rack.start(firstBody("createServer").toString());
            try (Socket client = rack.connect(port)) {
                client.getOutputStream().write("hola\n".getBytes(UTF_8));
                assertEquals("HOLA\n", new String(client.getInputStream().readNBytes(5), UTF_8));
                rack.events("kind:write", 1);
                if (example.operation().path().endsWith("/certificate.pem")) {
                    rack.start("{\"name\": \"secret\", \"tls\": {}}");
                }
                if (example.operation().path().startsWith("/api/v1/runs/")) {
                    rack.post("/runs?wait=30s", firstBody("startRun").toString());
                }
                taken(rack, example);
            }
        }
    }

    @Test
    void whatAViewerMaySayIsUnderstood() throws IOException {
        try (Running rack = new Running(data);
                ViewerClient viewer = new ViewerClient(rack.port())) {
            List<JsonNode> said = new ArrayList<>();
            Document.component("schemas", "MessageFromViewer")
                    .path("oneOf")
                    .forEach(one -> Document.resolved(one).path("examples").forEach(said::add));
            assertTrue(said.size() >= 3, said.toString());
            for (JsonNode word : said) {
                Contract.holdMessage("MessageFromViewer", word.toString());
                viewer.send(word.toString());
            }
            // The first answer to a word that is none: all before it was understood.
            viewer.send("{\"type\": \"goodbye\"}");
            JsonNode error = viewer.until(message -> message.path("type").asText().equals("error"));
            assertTrue(error.path("detail").asText().contains("goodbye"), error.toString());
        }
    }

    private static void taken(Running rack, Example example) {
        Running.Answer answer =
                rack.send(
                        example.operation().method(),
                        path(example.operation()) + example.query(),
                        example.mediaType(),
                        example.body());
        assertTrue(answer.status() < 300, answer.status() + " " + answer.text());
    }

    /// The path with its parameters' examples in it.
    private static String path(Operation operation) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.path("in").asText().equals("path")) {
                String name = "{" + parameter.path("name").asText() + "}";
                path = path.replace(name, parameter.path("example").asText());
            }
        }
        return path;
    }

    private static Stream<Example> bodies(Operation operation) {
        List<Example> bodies = new ArrayList<>();
        operation
                .node()
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(media ->
                        media.getValue()
                                .path("examples")
                                .forEach(one ->
                                        bodies.add(
                                                new Example(
                                                        operation,
                                                        "",
                                                        media.getKey(),
                                                        one.path("value").toString()))));
        return bodies.isEmpty() ? Stream.of(new Example(operation, "", "", "")) : bodies.stream();
    }

    /// With the first body, where the operation wants one.
    private static Stream<Example> asked(Operation operation, JsonNode parameter) {
        List<JsonNode> values = new ArrayList<>();
        parameter.path("examples").forEach(one -> values.add(one.path("value")));
        if (parameter.has("example")) {
            values.add(parameter.path("example"));
        }
        parameter.path("schema").path("enum").forEach(values::add);
        Example first = bodies(operation).findFirst().orElseThrow();
        String name = parameter.path("name").asText();
        return values.stream()
                .map(value -> "?" + name + "=" + URLEncoder.encode(value.asText(), UTF_8))
                .map(query -> new Example(operation, query, first.mediaType(), first.body()));
    }

    private static JsonNode firstBody(String operationId) {
        return Document.operations().stream()
                .filter(one -> one.node().path("operationId").asText().equals(operationId))
                .map(one -> one.node().at("/requestBody/content/application~1json/examples"))
                .flatMap(examples -> examples.properties().stream().map(Map.Entry::getValue))
                .map(one -> one.path("value"))
                .findFirst()
                .orElseThrow();
    }
}
