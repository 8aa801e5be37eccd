package io.echorack.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.model.Problem;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.ServerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A body or a message as it came: JSON, of which nothing is believed yet.
public final class Body {
    private final JsonNode root;

    private Body(JsonNode root) {
        this.root = root;
    }

    /// Reads JSON; names that stand twice and what follows the value are mistakes.
    public static Body of(String text) {
        try {
            JsonNode root = Json.MAPPER.readTree(text);
            if (root == null || root.isMissingNode()) {
                throw new Problem(Problem.Code.INVALID_JSON, "The body is empty; it must be JSON.");
            }
            return new Body(root);
        } catch (JsonProcessingException unreadable) {
            var place = unreadable.getLocation();
            String where =
                    place == null
                            ? ""
                            : " (line %d, column %d)"
                                    .formatted(place.getLineNr(), place.getColumnNr());
            throw new Problem(
                    Problem.Code.INVALID_JSON,
                    "The body is not JSON: " + unreadable.getOriginalMessage() + where);
        }
    }

    /// Makes something of it; a `Problem` names every wrong field.
    public <T> T read(Function<Fields, T> reader) {
        return Fields.read(root, reader);
    }

    public ServerSpec spec() {
        return read(SpecReader::spec);
    }

    public Payload payload() {
        return read(SpecReader::payloadOf);
    }

    public Framing framing() {
        return read(SpecReader::framingOf);
    }

    /// The spec that comes of merging this into another (RFC 7396).
    public ServerSpec patching(ServerSpec spec) {
        if (!root.isObject()) {
            throw wrong("", "must be an object");
        }
        return new Body(MergePatch.apply(Json.MAPPER.valueToTree(spec), root)).spec();
    }

    /// A list of specs, each with a name of its own.
    public List<ServerSpec> specs(int most) {
        if (!root.isArray() || root.size() > most) {
            throw wrong("", "must be a list of at most %,d specs".formatted(most));
        }
        List<Problem.Field> wrong = new ArrayList<>();
        List<ServerSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < root.size(); i++) {
            String pointer = "/" + i;
            try {
                ServerSpec spec = new Body(root.get(i)).spec();
                if (spec.name().isEmpty() || !names.add(spec.name())) {
                    wrong.add(
                            new Problem.Field(
                                    pointer + "/name", "is needed here, and each but once"));
                }
                specs.add(spec);
            } catch (Problem found) {
                found.fields()
                        .forEach(field ->
                                wrong.add(
                                        new Problem.Field(
                                                pointer + field.pointer(), field.detail())));
            }
        }
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return specs;
    }

    private static Problem wrong(String pointer, String detail) {
        return Problem.invalid(List.of(new Problem.Field(pointer, detail)));
    }
}
