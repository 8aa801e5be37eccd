package io.echorack.echo.fault.line;

import io.echorack.echo.books.ServerCounters;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.util.List;
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
        return id(spec).isPresent();
    }

    /// Counts and tells it where it begins.
    ///
    /// @param owner of the share of the counters
    public void tell(Object owner, Tap tap, ServerSpec spec) {
        Optional<String> id = id(spec);
        if (id.isPresent() && !told) {
            counters.struck(id.get());
            Detail what = Detail.of("fault", id.get()).and("type", kind.type());
            if (!tap.tell(EventKind.FAULT, Origin.of(spec.name()), what)) {
                counters.of(owner).eventsLost.add(1);
            }
        }
        told = id.isPresent();
    }

    private Optional<String> id(ServerSpec spec) {
        List<Fault> faults = spec.suffers();
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).effect().equals(kind)) {
                return Optional.of(faults.get(i).idAt(i));
            }
        }
        return Optional.empty();
    }
}
