package io.echorack.model.traffic;

import java.util.Locale;

/// The way that bytes took: in, to the server; out, from it; or none at all.
public enum Direction {
    NONE,
    IN,
    OUT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Direction of(int ordinal) {
        return switch (ordinal) {
            case 1 -> IN;
            case 2 -> OUT;
            default -> NONE;
        };
    }
}
