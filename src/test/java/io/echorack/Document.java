package io.echorack;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.echorack.json.ApiDocument;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The OpenAPI document, as the tests look things up in it.
///
/// Thread: any.
final class Document {
    static final JsonNode ROOT = Running.tree(ApiDocument.text("0"));
    static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private static final String LOCATION = "https://echorack.example/openapi.json";
    private static final int MOST_TOLD = 2_000;
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemas(Map.of(LOCATION, ROOT.toString()))
                                    .schemaRegistryConfig(
                                            SchemaRegistryConfig.builder()
                                                    .formatAssertionsEnabled(true)
                                                    .build()));
    private static final Map<JsonNode, Schema> COMPILED =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private Document() {}

    /// An operation: `GET` of `/api/v1/servers/{name}`, with the path's own parameters among its parameters.
    record Operation(String method, String path, JsonNode node) {
        List<JsonNode> parameters() {
            return Stream.concat(
                            stream(ROOT.path("paths").path(path).path("parameters")),
                            stream(node.path("parameters")))
                    .map(Document::resolved)
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> operations() {
        return ROOT.path("paths").properties().stream()
                .flatMap(path ->
                        METHODS.stream()
                                .filter(path.getValue()::has)
                                .map(method ->
                                        new Operation(
                                                method.toUpperCase(java.util.Locale.ROOT),
                                                path.getKey(),
                                                path.getValue().path(method))))
                .toList();
    }

    /// The documented path that a request's path is; one without parameters goes before one with them. A path that
    /// is not written as it is meant is none.
    static Optional<String> path(String asked) {
        if (asked.contains("..") || asked.toLowerCase(java.util.Locale.ROOT).contains("%2e")) {
            return Optional.empty();
        }
        return ROOT.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .sorted(java.util.Comparator.comparing(path -> path.contains("{")))
                .filter(path -> pattern(path).matcher(asked).matches())
                .findFirst();
    }

    /// What stands where a `$ref` points to; the node itself where it is none.
    static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? ROOT.at(node.path("$ref").asText().substring(1)) : node;
    }

    static JsonNode component(String kind, String name) {
        JsonNode found = ROOT.path("components").path(kind).path(name);
        if (found.isMissingNode()) {
            throw new AssertionError("There is no " + name + " among the " + kind);
        }
        return found;
    }

    /// What is not as a schema of the document says; empty where all is.
    static String wrong(JsonNode schema, String json) {
        List<com.networknt.schema.Error> found =
                COMPILED.computeIfAbsent(schema, Document::compiled)
                        .validate(json, InputFormat.JSON);
        String told =
                found.stream().map(Object::toString).distinct().collect(Collectors.joining("\n"));
        return told.length() <= MOST_TOLD ? told : told.substring(0, MOST_TOLD) + "…";
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false);
    }

    /// A schema that stands alone, its references into the document.
    private static Schema compiled(JsonNode schema) {
        String text = schema.toString().replace("\"#/", "\"" + LOCATION + "#/");
        return SCHEMAS.getSchema(
                SchemaLocation.of("urn:schema:" + System.identityHashCode(schema)),
                text,
                InputFormat.JSON);
    }

    private static Pattern pattern(String path) {
        String anything = path.equals("/static/{file}") ? ".+" : "[^/]+";
        return Pattern.compile(
                Stream.of(path.split("(?=\\{)|(?<=})"))
                        .map(piece -> piece.startsWith("{") ? anything : Pattern.quote(piece))
                        .collect(Collectors.joining()));
    }
}
