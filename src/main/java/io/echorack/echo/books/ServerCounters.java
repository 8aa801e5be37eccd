package io.echorack.echo.books;

import io.echorack.model.engine.Counters;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One server's counters: each loop adds to a share of its own, and whoever asks gets the sum.
public final class ServerCounters {
    private final Map<EventLoop, Share> shares = new ConcurrentHashMap<>();

    public Share of(EventLoop loop) {
        return shares.computeIfAbsent(loop, _ -> new Share());
    }

    public Counters now() {
        return shares.values().stream().map(Share::now).reduce(Counters.ZERO, Counters::plus);
    }

    /// What one loop did.
    ///
    /// Thread: added to by that loop alone.
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
