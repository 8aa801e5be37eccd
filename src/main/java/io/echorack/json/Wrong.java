package io.echorack.json;

import io.echorack.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is wrong with a body, all of it.
final class Wrong {
    private final List<Problem.Field> fields = new ArrayList<>();

    void add(String pointer, String detail) {
        fields.add(new Problem.Field(pointer, detail));
    }

    /// Makes something, or notes what its constructor has against it, unless that is known of a field within.
    <T> @Nullable T orNoted(String pointer, Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (Problem found) {
            if (found.code() != Problem.Code.INVALID_FIELD) {
                throw found;
            }
            found.fields().stream()
                    .map(field -> new Problem.Field(pointer + field.pointer(), field.detail()))
                    .filter(field -> fields.stream().noneMatch(noted -> isWithin(noted, field)))
                    .toList()
                    .forEach(fields::add);
            return null;
        }
    }

    void done() {
        if (!fields.isEmpty()) {
            throw Problem.invalid(fields);
        }
    }

    private static boolean isWithin(Problem.Field noted, Problem.Field field) {
        String pointer = field.pointer();
        return !pointer.isEmpty()
                && (noted.pointer().equals(pointer) || noted.pointer().startsWith(pointer + "/"));
    }
}
