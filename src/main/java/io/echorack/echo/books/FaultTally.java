package io.echorack.echo.books;

import io.echorack.model.spec.Fault;
import io.echorack.model.spec.ServerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each fault of one server has struck; a fault that was changed counts anew.
///
/// Thread: any.
final class FaultTally {
    private final Map<Fault.Named, Long> counts = new ConcurrentHashMap<>();
    private final LongAdder gone = new LongAdder();

    void struck(String id, Fault fault) {
        counts.merge(new Fault.Named(id, fault), 1L, Long::sum);
    }

    /// Forgets the faults that are no more, but not how often they all struck together.
    void keep(List<Fault.Named> faults) {
        for (Fault.Named old : List.copyOf(counts.keySet())) {
            if (!faults.contains(old)) {
                counts.computeIfPresent(
                        old,
                        (_, count) -> {
                            gone.add(count);
                            return null;
                        });
            }
        }
    }

    Map<String, Long> of(ServerSpec spec) {
        Map<String, Long> struck = new LinkedHashMap<>();
        spec.namedFaults().forEach(one -> struck.put(one.id(), counts.getOrDefault(one, 0L)));
        return struck;
    }

    long all() {
        return gone.sum() + counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
