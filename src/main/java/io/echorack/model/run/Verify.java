package io.echorack.model.run;

import io.echorack.model.spec.Behavior;
import java.util.Locale;
import java.util.Optional;

/// What a run holds the answers against; the JSON form is the name in lower case.
public enum Verify {
    ECHO,
    UPPERCASE,
    REVERSE,
    /// Whatever comes back is an answer.
    NONE;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The behavior that would answer so; none where any answer will do.
    public Optional<Behavior> behavior() {
        return switch (this) {
            case ECHO -> Optional.of(new Behavior.Echo());
            case UPPERCASE -> Optional.of(new Behavior.Uppercase());
            case REVERSE -> Optional.of(new Behavior.Reverse());
            case NONE -> Optional.empty();
        };
    }
}
