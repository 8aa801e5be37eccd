package io.echorack.rack;

import io.echorack.model.Address;
import io.echorack.model.Problem;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.EchoEngine;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerStatus;
import io.echorack.model.engine.ServerStatus.Applied;
import io.echorack.model.engine.ServerStatus.Change;
import io.echorack.model.engine.ServerView;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.Tap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One server's place in the rack, and its life.
///
/// Thread: changed by whoever holds its turn (see `Rack`), one at a time; read by anybody.
final class Slot {
    /// No two are the same, so that a server that was forgotten and made again is not taken for the old one.
    private static final AtomicLong REVISIONS = new AtomicLong();

    private final EchoEngine engine;
    private final Tap tap;
    private final AtomicLong changes;
    private final FaultCounts faults = new FaultCounts();
    private volatile ServerSpec spec;
    private volatile ServerState state = ServerState.STOPPED;
    private volatile @Nullable LiveServer live;
    private volatile @Nullable String reason;
    private volatile @Nullable Instant since;
    private volatile @Nullable Change lastChange;
    private volatile Counters before = Counters.ZERO;
    private volatile long revision;

    Slot(ServerSpec spec, EchoEngine engine, Tap tap, AtomicLong changes) {
        this.spec = spec;
        this.engine = engine;
        this.tap = tap;
        this.changes = changes;
        noteChange();
    }

    String name() {
        return spec.name();
    }

    ServerSpec spec() {
        return spec;
    }

    boolean isRunning() {
        return state == ServerState.RUNNING;
    }

    boolean isFailed() {
        return state == ServerState.FAILED;
    }

    /// Another number after every change.
    long revision() {
        return revision;
    }

    ServerView view() {
        @Nullable LiveServer running = live;
        ServerSpec asked = spec;
        return new ServerView(
                asked.name(),
                asked,
                new ServerStatus(
                        state,
                        reason,
                        running == null
                                ? asked.address()
                                : Address.text(running.address().getAddress()),
                        running == null ? asked.portOrAny() : running.address().getPort(),
                        since,
                        running == null ? Map.of() : running.socket(),
                        running == null ? null : running.threads(),
                        running == null ? null : running.certificate().orElse(null),
                        running == null ? 0 : running.connections(),
                        lastChange,
                        faults.of(asked, running),
                        running == null ? before : before.plus(running.counters())));
    }

    /// Binds; where that can't be, it is `failed` with the reason, which is thrown too.
    void start() {
        if (live != null) {
            return;
        }
        become(ServerState.STARTING, null);
        try {
            take(engine.open(spec));
        } catch (Problem refused) {
            fail(refused);
            throw refused;
        }
    }

    private void fail(Problem why) {
        become(ServerState.FAILED, why.sentence());
        tell(EventKind.SERVER_FAILED, Detail.of("reason", why.sentence()));
    }

    /// Stops; gives back how many connections that closed.
    int stop(Duration drain) {
        @Nullable LiveServer running = live;
        if (running == null) {
            become(ServerState.STOPPED, null);
            return 0;
        }
        become(ServerState.STOPPING, null);
        int closed = end(running, drain);
        live = null;
        since = null;
        become(ServerState.STOPPED, null);
        return closed;
    }

    /// Takes on a spec: live where that does, else by a new bind. Where the new one can't bind or be kept, the old one
    /// goes on as it was.
    ///
    /// @param keep stores the spec
    void change(ServerSpec changed, boolean mayRestart, Runnable keep) {
        @Nullable LiveServer running = live;
        if (running == null && (!isFailed() || !mayRestart || changed.sameSocketAs(spec))) {
            keep.run();
            spec = changed;
            changed(Applied.LIVE, 0);
        } else if (running != null && changed.sameSocketAs(spec)) {
            keep.run();
            running.apply(changed);
            spec = changed;
            changed(Applied.LIVE, 0);
        } else if (mayRestart || running == null) {
            replace(running, changed, keep);
        } else {
            throw new Problem(
                    Problem.Code.RESTART_REFUSED,
                    "This change would restart "
                            + spec.name()
                            + " and close "
                            + running.connections()
                            + " connections.");
        }
    }

    /// Binds before it lets the old one go, or, where both want the same port, in its place.
    private void replace(@Nullable LiveServer old, ServerSpec changed, Runnable keep) {
        boolean inPlace =
                old != null
                        && changed.transport() == spec.transport()
                        && changed.portOrAny() == old.address().getPort();
        if (old == null || !inPlace) {
            takeOver(old, openAndKeep(changed, keep), changed);
            return;
        }
        old.unlisten();
        LiveServer fresh;
        try {
            fresh = openAndKeep(changed, keep);
        } catch (RuntimeException refused) {
            comeBack(old);
            throw refused;
        }
        takeOver(old, fresh, changed);
    }

    /// The old one takes its address again; where somebody was quicker, it has failed and can be started.
    private void comeBack(LiveServer old) {
        try {
            old.listenAgain();
        } catch (Problem taken) {
            end(old, Duration.ZERO);
            live = null;
            since = null;
            fail(taken);
        }
    }

    private LiveServer openAndKeep(ServerSpec changed, Runnable keep) {
        LiveServer fresh = engine.open(changed);
        try {
            keep.run();
        } catch (RuntimeException notKept) {
            fresh.stop(Duration.ZERO);
            throw notKept;
        }
        return fresh;
    }

    private void takeOver(@Nullable LiveServer old, LiveServer fresh, ServerSpec changed) {
        int closed = old == null ? 0 : end(old, Duration.ZERO);
        spec = changed;
        take(fresh);
        changed(Applied.RESTARTED, closed);
    }

    private void take(LiveServer running) {
        live = running;
        since = Instant.now();
        become(ServerState.RUNNING, null);
        tell(EventKind.SERVER_STARTED, Detail.of("address", Address.text(running.address())));
    }

    private int end(LiveServer running, Duration drain) {
        int closed = running.stop(drain);
        before = before.plus(running.counters());
        faults.add(spec, running);
        tell(EventKind.SERVER_STOPPED, Detail.of("connectionsClosed", closed));
        return closed;
    }

    private void changed(Applied how, int closed) {
        lastChange = new Change(how, closed);
        noteChange();
    }

    private void become(ServerState next, @Nullable String why) {
        state = next;
        reason = why;
        noteChange();
    }

    /// The number first, the sign that there is something new behind it.
    private void noteChange() {
        revision = REVISIONS.incrementAndGet();
        changes.incrementAndGet();
    }

    private void tell(EventKind kind, Detail detail) {
        tap.tell(kind, Origin.of(spec.name()), detail);
    }
}
