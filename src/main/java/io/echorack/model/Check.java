package io.echorack.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers everything that is wrong with a record's fields, so that a caller hears of all of it at once.
public final class Check {
    private final List<Problem.Field> wrong = new ArrayList<>();

    public Check range(String pointer, @Nullable Number value, long least, long most) {
        return that(
                value == null || (value.longValue() >= least && value.longValue() <= most),
                pointer,
                "must be from %,d to %,d, was %,d".formatted(least, most, value));
    }

    public Check length(String pointer, @Nullable String value, int most) {
        return that(
                value == null || value.length() <= most,
                pointer,
                "must be at most %,d characters long".formatted(most));
    }

    public Check that(boolean right, String pointer, String detail) {
        if (!right) {
            wrong.add(new Problem.Field(pointer, detail));
        }
        return this;
    }

    /// What another has found wrong.
    public Check all(List<Problem.Field> found) {
        wrong.addAll(found);
        return this;
    }

    public void done() {
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
    }
}
