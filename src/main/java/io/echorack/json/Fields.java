package io.echorack.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one object of a body and gathers what is wrong with any of them, at any depth, so that a caller
/// hears of all of it at once.
public final class Fields {
    private final JsonNode object;
    private final String pointer;
    private final Wrong wrong;
    private final Set<String> known = new HashSet<>();

    private Fields(JsonNode object, String pointer, Wrong wrong) {
        this.object = object;
        this.pointer = pointer;
        this.wrong = wrong;
    }

    /// Reads a whole body; a `Problem` names every wrong field.
    static <T> T read(JsonNode body, Function<Fields, T> reader) {
        Wrong wrong = new Wrong();
        Optional<T> made = new Fields(body, "", wrong).make(reader);
        wrong.done();
        return made.orElseThrow();
    }

    public @Nullable String text(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        wrong(name, "must be a string");
        return null;
    }

    /// A string, made into something whose maker says which field is wrong.
    <T> @Nullable T text(String name, Function<String, T> maker) {
        @Nullable String text = text(name);
        return text == null ? null : wrong.orNoted(pointer, () -> maker.apply(text));
    }

    public @Nullable Integer integer(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || (value.isIntegralNumber() && value.canConvertToInt())) {
            return value == null ? null : value.intValue();
        }
        wrong(name, value.isIntegralNumber() ? "is out of range" : "must be a whole number");
        return null;
    }

    /// A whole number that may need more than 32 bits.
    public @Nullable Long number(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || (value.isIntegralNumber() && value.canConvertToLong())) {
            return value == null ? null : value.longValue();
        }
        wrong(name, "must be a whole number");
        return null;
    }

    public @Nullable Boolean bool(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        wrong(name, "must be true or false");
        return null;
    }

    /// One of several words.
    public <T> @Nullable T choice(String name, Map<String, T> choices) {
        @Nullable String word = text(name);
        if (word == null) {
            return null;
        }
        @Nullable T chosen = choices.get(word);
        if (chosen == null) {
            wrong(
                    name,
                    "must be one of "
                            + String.join(", ", choices.keySet())
                            + ", was "
                            + quoted(word));
        }
        return chosen;
    }

    public <T> @Nullable T object(String name, Function<Fields, T> reader) {
        @Nullable JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return new Fields(value, child(name), wrong).make(reader).orElse(null);
    }

    /// A string, or a whole number as one.
    @Nullable String textOrNumber(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || value.isTextual() || value.isIntegralNumber()) {
            return value == null ? null : value.asText();
        }
        wrong(name, "must be a string or a whole number");
        return null;
    }

    @Nullable Double decimal(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || value.isNumber()) {
            return value == null ? null : value.doubleValue();
        }
        wrong(name, "must be a number");
        return null;
    }

    /// A list of strings, each made into something.
    <T> @Nullable List<T> texts(String name, Function<String, T> maker) {
        return items(
                name,
                "strings",
                JsonNode::isTextual,
                (text, at) -> wrong.orNoted(at.pointer, () -> maker.apply(text.textValue())));
    }

    /// A list of objects, of which there are no more than a body can hold.
    <T> @Nullable List<T> list(String name, Function<Fields, T> reader) {
        return items(name, "objects", _ -> true, (_, at) -> at.make(reader).orElse(null));
    }

    @Nullable List<Integer> integers(String name) {
        return items(
                name,
                "whole numbers",
                item -> item.isIntegralNumber() && item.canConvertToInt(),
                (number, _) -> number.intValue());
    }

    /// Whether null stands there, which some fields take for an answer.
    boolean isNull(String name) {
        known.add(name);
        return object.path(name).isNull();
    }

    boolean isArray(String name) {
        return object.path(name).isArray();
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /// A field that the contract knows and this version does not build yet: only its empty forms will do.
    public void notYet(String name) {
        notYet(name, Map.of());
    }

    /// Likewise; what it stands for when it is left out will do as well.
    void notYet(String name, Object neutral) {
        @Nullable JsonNode value = value(name);
        boolean empty = value != null && value.isContainerNode() && value.isEmpty();
        if (value != null && !empty && !value.equals(Json.MAPPER.valueToTree(neutral))) {
            wrong(name, "is not supported by this version");
        }
    }

    /// Notes that a field is wrong.
    public void wrong(String name, String detail) {
        wrong.add(child(name), detail);
    }

    /// Takes every field for known.
    void takeAll() {
        known.addAll(names());
    }

    private <T> @Nullable List<T> items(
            String name,
            String what,
            Predicate<JsonNode> isOne,
            BiFunction<JsonNode, Fields, @Nullable T> maker) {
        @Nullable JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || !value.valueStream().allMatch(isOne)) {
            wrong(name, "must be a list of " + what);
            return null;
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            Fields at = new Fields(value.get(i), child(name) + "/" + i, wrong);
            @Nullable T made = maker.apply(value.get(i), at);
            if (made != null) {
                items.add(made);
            }
        }
        return items;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private <T> Optional<T> make(Function<Fields, T> reader) {
        if (!object.isObject()) {
            wrong.add(pointer, "must be an object");
            return Optional.empty();
        }
        @Nullable T made = wrong.orNoted(pointer, () -> reader.apply(this));
        for (String name : names()) {
            if (!known.contains(name)) {
                wrong(name, "is not a known field");
            }
        }
        return Optional.ofNullable(made);
    }

    /// Runs a constructor, which checks; what it finds is noted under this object's pointer, unless something wrong with
    /// a field or inside it was noted already: a field that could not be made is not called missing as well.
    private @Nullable JsonNode value(String name) {
        known.add(name);
        @Nullable JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String child(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String quoted(String word) {
        return "\"" + (word.length() <= 40 ? word : word.substring(0, 40) + "…") + "\"";
    }
}
