package io.echorack.echo.books;

import io.echorack.model.engine.Counters;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.util.IdentityHashMap;
import java.util.Map;

/// One server's counters: each thread adds to a share of its own, and whoever asks gets the sum.
public final class ServerCounters {
    private final IdentityHashMap<Object, Share> shares = new IdentityHashMap<>();
    private Counters ended = Counters.ZERO;
    private final FaultTally faults = new FaultTally();

    /// The share of a loop, or of whatever else has a thread of its own.
    public synchronized Share of(Object owner) {
        return shares.computeIfAbsent(owner, _ -> new Share(faults));
    }

    /// Its owner adds no more.
    public synchronized void end(Object owner) {
        Share share = shares.remove(owner);
        ended = share == null ? ended : ended.plus(share.now());
    }

    /// A fault struck.
    ///
    /// Thread: any.
    public void struck(String id, Fault fault) {
        faults.struck(id, fault);
    }

    /// The server has other faults: the old ones are forgotten, but not how often they all struck together.
    public void keepFaults(ServerSpec changed) {
        faults.keep(changed.namedFaults());
    }

    /// How often each fault of that spec struck.
    public Map<String, Long> faults(ServerSpec spec) {
        return faults.of(spec);
    }

    public synchronized Counters now() {
        long struck = faults.all();
        return shares.values().stream()
                .map(Share::now)
                .reduce(ended.plus(Counters.faulted(struck)), Counters::plus);
    }

    /// What one thread did.
    ///
    /// Thread: added to by that one alone.
    public static final class Share {
        public final Tally connectionsAccepted = new Tally();
        public final Tally connectionsRefused = new Tally();
        public final Tally messagesIn = new Tally();
        public final Tally messagesOut = new Tally();
        public final Tally bytesIn = new Tally();
        public final Tally bytesOut = new Tally();
        public final Tally truncatedBytes = new Tally();
        public final Tally refusedByGuard = new Tally();
        public final Tally eventsLost = new Tally();
        private final FaultTally faults;

        private Share(FaultTally faults) {
            this.faults = faults;
        }

        void struck(String id, Fault fault) {
            faults.struck(id, fault);
        }

        /// A client was turned away.
        public void refused(Tap tap, Origin origin, String why) {
            connectionsRefused.add(1);
            if (!tap.tell(EventKind.CONNECTION_REFUSED, origin, Detail.of("reason", why))) {
                eventsLost.add(1);
            }
        }

        private Counters now() {
            return new Counters(
                    connectionsAccepted.now(),
                    connectionsRefused.now(),
                    messagesIn.now(),
                    messagesOut.now(),
                    bytesIn.now(),
                    bytesOut.now(),
                    0,
                    0,
                    truncatedBytes.now(),
                    refusedByGuard.now(),
                    eventsLost.now());
        }
    }
}
