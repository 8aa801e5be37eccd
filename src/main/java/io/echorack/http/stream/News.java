package io.echorack.http.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What one viewer knows of some things that change, and what is new to it: compared, not queued.
///
/// Thread: its viewer's.
final class News {
    private final LongSupplier changes;
    private final Supplier<Map<String, Long>> revisions;
    private final Function<String, Optional<String>> changed;
    private final Function<String, String> removed;
    private Map<String, Long> known = Map.of();
    private long seen;

    /// @param changes rises when anything changes
    /// @param revisions each thing's name and its revision
    /// @param changed the message that tells a thing as it is
    /// @param removed the message that tells that it is gone
    News(
            LongSupplier changes,
            Supplier<Map<String, Long>> revisions,
            Function<String, Optional<String>> changed,
            Function<String, String> removed) {
        this.changes = changes;
        this.revisions = revisions;
        this.changed = changed;
        this.removed = removed;
    }

    /// Takes everything for known, as it is before it is told in a snapshot.
    void begin() {
        seen = changes.getAsLong();
        known = revisions.get();
    }

    List<String> messages() {
        long now = changes.getAsLong();
        if (now == seen) {
            return List.of();
        }
        Map<String, Long> fresh = revisions.get();
        List<String> messages = new ArrayList<>();
        fresh.forEach((name, revision) -> {
            if (!revision.equals(known.get(name))) {
                changed.apply(name).ifPresent(messages::add);
            }
        });
        known.keySet().stream()
                .filter(name -> !fresh.containsKey(name))
                .map(removed)
                .forEach(messages::add);
        seen = now;
        known = fresh;
        return messages;
    }
}
