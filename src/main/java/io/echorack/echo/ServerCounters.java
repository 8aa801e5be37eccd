package io.echorack.echo;

import io.echorack.model.engine.Counters;
import java.util.concurrent.atomic.LongAdder;

/// One server's counters, added to by every loop.
final class ServerCounters {
    final LongAdder connectionsAccepted = new LongAdder();
    final LongAdder connectionsRefused = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder truncatedBytes = new LongAdder();
    final LongAdder refusedByGuard = new LongAdder();
    final LongAdder eventsLost = new LongAdder();

    Counters now() {
        return new Counters(
                connectionsAccepted.sum(),
                connectionsRefused.sum(),
                messagesIn.sum(),
                messagesOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                0,
                0,
                truncatedBytes.sum(),
                refusedByGuard.sum(),
                eventsLost.sum());
    }
}
