package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.echorack.Document.Operation;
import io.echorack.http.door.Token;
import io.echorack.model.Problem;
import io.echorack.model.traffic.EventKind;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The OpenAPI document, as a document and against the program. That what other tests see is as documented is theirs to
/// find, with `Contract`.
class DocumentTest extends OneProgram {
    @Test
    void everyRouteIsDocumentedAndEveryDocumentedOneIsThere(@TempDir Path data) {
        Set<String> there = new TreeSet<>();
        Settings locked = new Settings("127.0.0.1", 0, data, false, Token.make());
        try (Running program = new Running(locked)) {
            program.routes()
                    .forEach(route -> there.add(route.replace("/static/*", "/static/{file}")));
        }
        there.add("GET /api/v1/stream");
        Set<String> documented = new TreeSet<>();
        Document.operations().forEach(operation -> documented.add(operation.toString()));
        assertEquals(lines(there), lines(documented));
    }

    @Test
    void itIsServedWithTheVersionAndThePageThatShowsIt() throws IOException {
        JsonNode served = rack.send("GET", "/openapi.json", "", "").body();
        String version = rack.get("/info").body().path("version").asText();
        assertEquals(version, served.at("/info/version").asText());
        assertEquals(Document.ROOT.path("paths"), served.path("paths"));
        String page = rack.send("GET", "/docs", "", "").text();
        List<String> files = found(page, "(?:src|href)=\"(/static/[^\"]+)\"");
        assertTrue(files.stream().anyMatch(file -> file.contains("swagger-ui")), page);
        files.forEach(file -> assertEquals(200, rack.send("GET", file, "", "").status(), file));
        assertEquals(404, rack.send("GET", "/static/js/none.js", "", "").status());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        all("$ref")
                .forEach(reference ->
                        assertFalse(
                                Document.ROOT.at(reference.asText().substring(1)).isMissingNode(),
                                reference.asText()));
    }

    @Test
    void everyOperationIsDescribedWhole() {
        Set<String> ids = new HashSet<>();
        Set<String> tags =
                Document.stream(Document.ROOT.path("tags"))
                        .map(tag -> tag.path("name").asText())
                        .collect(Collectors.toSet());
        for (Operation operation : Document.operations()) {
            JsonNode node = operation.node();
            assertTrue(ids.add(node.path("operationId").asText()), operation + " has an id");
            assertTrue(tags.contains(node.path("tags").path(0).asText()), operation + " has a tag");
            assertFalse(node.path("summary").asText().isEmpty(), operation + " has a summary");
            Set<String> inPath =
                    operation.parameters().stream()
                            .filter(one -> one.path("in").asText().equals("path"))
                            .map(one -> one.path("name").asText())
                            .collect(Collectors.toSet());
            assertEquals(
                    Set.copyOf(found(operation.path(), "\\{(\\w+)}")), inPath, operation.path());
        }
    }

    /// Each is one by JSON Schema's own schema (2020-12), and has no property that it does not tell.
    @Test
    void everySchemaIsASchemaAndSaysAllThatThereIs() {
        var meta =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                SchemaLocation.of(
                                        SpecificationVersion.DRAFT_2020_12.getDialectId()));
        for (JsonNode schema : schemas()) {
            assertEquals(
                    List.of(),
                    meta.validate(schema.toString(), InputFormat.JSON),
                    schema::toString);
            boolean isPart = schema.equals(Document.component("schemas", "RunFigures"));
            if (schema.has("properties") && !schema.has("$ref") && !isPart) {
                assertTrue(
                        schema.has("additionalProperties") || schema.has("unevaluatedProperties"),
                        schema::toString);
            }
        }
        JsonNode components = Document.ROOT.path("components");
        components
                .path("schemas")
                .properties()
                .forEach(named ->
                        Document.stream(named.getValue().path("required"))
                                .forEach(name ->
                                        assertTrue(
                                                named.getValue()
                                                        .path("properties")
                                                        .has(name.asText()),
                                                named.getKey() + " has no " + name)));
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        int examples = 0;
        for (JsonNode schema : schemas()) {
            for (JsonNode example : schema.path("examples")) {
                assertEquals("", Document.wrong(schema, example.toString()), example::toString);
                examples++;
            }
            if (schema.has("default")) {
                String value = schema.path("default").toString();
                assertEquals("", Document.wrong(schema, value), schema::toString);
            }
        }
        for (JsonNode holder : holders("schema")) {
            JsonNode schema = holder.path("schema");
            List<JsonNode> values = new ArrayList<>();
            holder.path("examples").forEach(one -> values.add(one.path("value")));
            if (holder.has("example")) {
                values.add(holder.path("example"));
            }
            for (JsonNode value : values) {
                assertEquals("", Document.wrong(schema, value.toString()), value::toString);
                examples++;
            }
        }
        assertTrue(examples > 40, "only " + examples);
    }

    @Test
    void itsCodesAndKindsAreThoseOfTheProgram() {
        assertEquals(
                Arrays.stream(Problem.Code.values()).map(Problem.Code::text).collect(sorted()),
                Document.stream(
                                Document.component("schemas", "Problem")
                                        .at("/properties/code/enum"))
                        .map(JsonNode::asText)
                        .collect(sorted()));
        assertEquals(
                Arrays.stream(EventKind.values()).map(EventKind::text).collect(sorted()),
                Document.component("schemas", "Event")
                        .at("/discriminator/mapping")
                        .properties()
                        .stream()
                        .map(Map.Entry::getKey)
                        .collect(sorted()));
    }

    /// A value at a bound is taken, one beyond it is not, and the answer names the field.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/servers | ServerSpec           |          | {\"autoStart\": false, %s}",
                "/servers | SocketOptions        | /socket  | {\"autoStart\": false, \"socket\": {%s}}",
                "/servers | SocketOptions        | /socket  | {\"autoStart\": false, \"protocol\": \"udp\", \"socket\": {%s}}",
                "/servers | Limits               | /limits  | {\"autoStart\": false, \"limits\": {%s}}",
                "/servers | Limits               | /limits  | {\"autoStart\": false, \"protocol\": \"udp\", \"limits\": {%s}}",
                "/servers | Capture              | /capture | {\"autoStart\": false, \"capture\": {%s}}",
                "/servers | DelimiterFraming     | /framing | {\"autoStart\": false, \"framing\": {\"type\": \"delimiter\", %s}}",
                "/servers | FixedFraming         | /framing | {\"autoStart\": false, \"framing\": {\"type\": \"fixed\", %s, \"maxFrameBytes\": 16777216}}",
                "/probe   | ProbeOrder           |          | {\"target\": {\"server\": \"nobody\"}, \"payload\": {\"text\": \"\"}, %s}",
                "/probe   | HostTarget           | /target  | {\"target\": {\"host\": \"192.0.2.1\", %s}, \"payload\": {\"text\": \"\"}}",
                "/runs    | RunSpec              |          | {\"target\": {\"server\": \"nobody\"}, %s}",
                "/runs    | RandomBytesPayload   | /payload | {\"target\": {\"server\": \"nobody\"}, \"payload\": {%s}}"
            })
    void itsBoundsAreTheProgramsOwn(
            String path, String schema, @Nullable String pointer, String body) {
        int tried = 0;
        for (var property : Document.component("schemas", schema).path("properties").properties()) {
            JsonNode bounds = Document.resolved(property.getValue());
            String field = property.getKey();
            if (!bounds.has("maximum") || body.contains('"' + field + '"')) {
                continue;
            }
            String other = body.contains("\"udp\"") ? "tcp" : "udp";
            boolean isFor = !bounds.path("description").asText().startsWith(other);
            long least = bounds.path("minimum").asLong();
            long most = bounds.path("maximum").asLong();
            String where = (pointer == null ? "" : pointer) + "/" + field;
            for (long value : new long[] {least - 1, least, most, most + 1}) {
                boolean right = isFor && value >= least && value <= most;
                Running.Answer answer =
                        rack.post(path, body.replace("%s", "\"%s\": %d".formatted(field, value)));
                assertEquals(right, answer.status() != 422, where + " " + value);
                assertTrue(
                        right || answer.text().contains("\"pointer\":\"" + where + "\""),
                        answer.text());
            }
            tried++;
        }
        assertTrue(tried > 0, schema);
    }

    @Test
    void whatIsNotAsDocumentedFails() {
        String health = "{\"status\":\"up\"}";
        Contract.hold(answered("GET", "/health", 200, health));
        assertThrows(
                AssertionError.class,
                () ->
                        Contract.hold(
                                answered("GET", "/health", 200, "{\"status\":\"up\",\"a\":1}")));
        assertThrows(
                AssertionError.class,
                () -> Contract.hold(answered("GET", "/health", 200, "{\"status\":\"down\"}")));
        assertThrows(
                AssertionError.class, () -> Contract.hold(answered("GET", "/health", 201, health)));
        assertThrows(
                AssertionError.class,
                () -> Contract.hold(answered("GET", "/healthy", 200, health)));
        assertThrows(
                AssertionError.class, () -> Contract.hold(answered("PUT", "/health", 200, health)));
        assertThrows(
                AssertionError.class,
                () -> Contract.hold(answered("GET", "/health?deep=1", 200, health)));
        assertThrows(
                AssertionError.class,
                () -> Contract.holdMessage("MessageToViewer", "{\"type\":\"hello\"}"));
    }

    private static Contract.Exchange answered(
            String method, String target, int status, String body) {
        HttpHeaders json =
                HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (_, _) -> true);
        return new Contract.Exchange(method, target, "", "", status, json, body, true);
    }

    /// Every schema of the document, those inside others too.
    private static List<JsonNode> schemas() {
        List<JsonNode> schemas = new ArrayList<>();
        holders("schema").forEach(holder -> addWithInner(holder.path("schema"), schemas));
        Document.ROOT.path("components").path("schemas").forEach(one -> addWithInner(one, schemas));
        return schemas;
    }

    private static void addWithInner(JsonNode schema, List<JsonNode> schemas) {
        schemas.add(schema);
        schema.path("properties").forEach(one -> addWithInner(one, schemas));
        for (String name : new String[] {"items", "contentSchema"}) {
            if (schema.has(name)) {
                addWithInner(schema.path(name), schemas);
            }
        }
        for (String name : new String[] {"oneOf", "anyOf"}) {
            schema.path(name).forEach(one -> addWithInner(one, schemas));
        }
    }

    private static List<JsonNode> holders(String name) {
        return Document.ROOT.findParents(name).stream()
                .filter(one -> one.path(name).isObject())
                .toList();
    }

    private static List<JsonNode> all(String name) {
        return Document.ROOT.findValues(name);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
    }

    private static java.util.stream.Collector<String, ?, String> sorted() {
        return Collectors.collectingAndThen(
                Collectors.toCollection(TreeSet::new), DocumentTest::lines);
    }

    private static String lines(Set<String> words) {
        return Stream.of(words).flatMap(Set::stream).collect(Collectors.joining("\n"));
    }
}
