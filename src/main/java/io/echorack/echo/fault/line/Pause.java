package io.echorack.echo.fault.line;

import io.echorack.echo.books.ServerCounters;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.util.Optional;

/// A fault of a whole server: while it is there no connection is accepted, or no datagram received.
///
/// Thread: whoever has the server's socket, but for the question whether it is there.
public final class Pause {
    private final Effect kind;
    private final ServerCounters counters;
    private boolean told;

    public Pause(Effect kind, ServerCounters counters) {
        this.kind = kind;
        this.counters = counters;
    }

    public boolean isIn(ServerSpec spec) {
        return fault(spec).isPresent();
    }

    /// Counts and tells it where it begins.
    ///
    /// @param owner of the share of the counters
    public void tell(Object owner, Tap tap, ServerSpec spec) {
        Optional<Fault.Named> fault = fault(spec);
        if (fault.isPresent() && !told) {
            String id = fault.get().id();
            counters.struck(id, fault.get().fault());
            Detail what = Detail.of("fault", id).and("type", kind.type());
            if (!tap.tell(EventKind.FAULT, Origin.of(spec.name()), what)) {
                counters.of(owner).eventsLost.add(1);
            }
        }
        told = fault.isPresent();
    }

    private Optional<Fault.Named> fault(ServerSpec spec) {
        return spec.namedFaults().stream()
                .filter(one -> one.fault().effect().equals(kind))
                .findFirst();
    }
}
