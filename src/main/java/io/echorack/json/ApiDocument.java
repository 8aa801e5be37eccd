package io.echorack.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The OpenAPI document, kept by hand in one file for each noun of the interface.
public final class ApiDocument {
    private static final String HEAD = "openapi";

    /// The files whose paths and components stand in the document, in this order.
    private static final List<String> PARTS =
            List.of(
                    "servers",
                    "faults",
                    "connections",
                    "events",
                    "stream",
                    "probe",
                    "runs",
                    "door",
                    "program",
                    "problems");

    private ApiDocument() {}

    /// The document of this version of the program.
    public static String text(String version) {
        ObjectNode document = read(HEAD);
        document.withObject("/info").put("version", version);
        for (String part : PARTS) {
            join(document, read(part));
        }
        return document.toString();
    }

    /// Objects are joined at any depth; no two files say the same thing.
    private static void join(ObjectNode into, ObjectNode part) {
        part.properties()
                .forEach(field -> {
                    JsonNode before = into.get(field.getKey());
                    if (before == null) {
                        into.set(field.getKey(), field.getValue());
                    } else if (before instanceof ObjectNode old
                            && field.getValue() instanceof ObjectNode more) {
                        join(old, more);
                    } else {
                        throw new IllegalStateException("said twice: " + field.getKey());
                    }
                });
    }

    private static ObjectNode read(String part) {
        String file = "/io/echorack/api/" + part + ".json";
        try (InputStream bytes = ApiDocument.class.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("no file " + file);
            }
            return (ObjectNode) Json.MAPPER.readTree(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException("can't read " + file, broken);
        }
    }
}
