package io.echorack.rack;

import io.echorack.model.engine.LiveServer;
import io.echorack.model.engine.ServerStatus.FaultStatus;
import io.echorack.model.spec.ServerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often each fault of a server has struck, over all its lives.
///
/// Thread: changed by whoever holds the server's turn; read by anybody.
final class FaultCounts {
    private volatile Map<String, Long> before = Map.of();

    /// The faults that are asked for, in their order.
    Map<String, FaultStatus> of(ServerSpec asked, @Nullable LiveServer running) {
        Map<String, Long> now = running == null ? Map.of() : running.faults();
        Map<String, FaultStatus> faults = new LinkedHashMap<>();
        for (String id : asked.faultIds()) {
            faults.put(id, new FaultStatus(now.getOrDefault(id, 0L) + before.getOrDefault(id, 0L)));
        }
        return faults;
    }

    /// A life of the server has ended.
    void add(ServerSpec asked, LiveServer ended) {
        Map<String, Long> sums = new LinkedHashMap<>();
        of(asked, ended).forEach((id, fault) -> sums.put(id, fault.applied()));
        before = sums;
    }
}
