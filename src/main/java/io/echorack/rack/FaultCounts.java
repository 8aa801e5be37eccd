package io.echorack.rack;

import io.echorack.model.engine.LiveServer;
import io.echorack.model.engine.ServerStatus.FaultStatus;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.ServerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often each fault of a server has struck, over all its lives; a fault that was changed counts anew.
///
/// Thread: changed by whoever holds the server's turn; read by anybody.
final class FaultCounts {
    private volatile Map<Fault.Named, Long> before = Map.of();

    /// The faults that are asked for, in their order.
    Map<String, FaultStatus> of(ServerSpec asked, @Nullable LiveServer running) {
        Map<String, FaultStatus> faults = new LinkedHashMap<>();
        sums(asked, running).forEach((fault, sum) -> faults.put(fault.id(), new FaultStatus(sum)));
        return faults;
    }

    /// A life of the server has ended.
    void add(ServerSpec asked, LiveServer ended) {
        before = sums(asked, ended);
    }

    private Map<Fault.Named, Long> sums(ServerSpec asked, @Nullable LiveServer running) {
        Map<String, Long> now = running == null ? Map.of() : running.faults();
        Map<Fault.Named, Long> sums = new LinkedHashMap<>();
        for (Fault.Named fault : asked.namedFaults()) {
            sums.put(fault, now.getOrDefault(fault.id(), 0L) + before.getOrDefault(fault, 0L));
        }
        return sums;
    }
}
