package io.echorack.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON merge patch (RFC 7396); where a patch changes an object's `type`, that object is taken from the patch alone.
final class MergePatch {
    private MergePatch() {}

    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        boolean merges = target.isObject() && !changesType(target, patch);
        ObjectNode merged =
                merges ? ((ObjectNode) target).deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties()
                .forEach(field -> {
                    if (field.getValue().isNull()) {
                        merged.remove(field.getKey());
                    } else {
                        JsonNode before = merged.path(field.getKey());
                        merged.set(field.getKey(), apply(before, field.getValue()));
                    }
                });
        return merged;
    }

    private static boolean changesType(JsonNode target, JsonNode patch) {
        return patch.has("type") && !patch.get("type").equals(target.get("type"));
    }
}
