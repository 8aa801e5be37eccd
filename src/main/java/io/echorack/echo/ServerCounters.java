package io.echorack.echo;

import io.echorack.model.engine.Counters;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One server's counters: each loop adds to a share of its own, and whoever asks gets the sum.
final class ServerCounters {
    private final Map<EventLoop, Share> shares = new ConcurrentHashMap<>();

    Share of(EventLoop loop) {
        return shares.computeIfAbsent(loop, _ -> new Share());
    }

    Counters now() {
        return shares.values().stream().map(Share::now).reduce(Counters.ZERO, Counters::plus);
    }

    /// What one loop did.
    ///
    /// Thread: added to by that loop alone.
    static final class Share {
        final Tally connectionsAccepted = new Tally();
        final Tally connectionsRefused = new Tally();
        final Tally messagesIn = new Tally();
        final Tally messagesOut = new Tally();
        final Tally bytesIn = new Tally();
        final Tally bytesOut = new Tally();
        final Tally truncatedBytes = new Tally();
        final Tally eventsLost = new Tally();

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
                    0,
                    eventsLost.now());
        }
    }
}
