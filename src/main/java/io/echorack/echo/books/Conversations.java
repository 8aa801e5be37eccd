package io.echorack.echo.books;

import io.echorack.model.Ceilings;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All connections and peers of all servers: the open ones, and the latest closed ones up to a ceiling.
///
/// Thread: any; loops add and remove without ever waiting for who lists them.
public final class Conversations {
    /// An open one: its books, what can be done to it, and how to end it.
    public interface Open {
        Conversation conversation();

        void close(CloseKind how);

        /// Does that to it and waits for it; a `Problem` says why it can't be.
        void act(ConnectionAct act);
    }

    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong heldUp = new AtomicLong();
    private final AtomicLong untaken = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Open> open = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Conversation> closed = new ConcurrentSkipListMap<>();
    private final AtomicInteger closedCount = new AtomicInteger();

    /// Takes room for datagrams that faults hold up, or gives it back; false where they hold too many already.
    public boolean holdUp(long more) {
        return heldUp.addAndGet(more) <= Ceilings.FAULT_HELD_BYTES || more < 0;
    }

    /// Takes room for bytes that wait to become messages, or gives it back; false where all connections together hold
    /// too many.
    public boolean hold(long more) {
        return more == 0 || held.addAndGet(more) <= Ceilings.BACKLOG_BYTES || more < 0;
    }

    /// The same for bytes of answers that clients have yet to take.
    public boolean owe(long more) {
        return more == 0 || untaken.addAndGet(more) <= Ceilings.UNTAKEN_BYTES || more < 0;
    }

    public boolean isScarce() {
        return untaken.get() > Ceilings.SCARCE_BYTES;
    }

    public long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    public void opened(Open one) {
        open.put(one.conversation().number(), one);
        one.conversation().opened();
    }

    public void closed(Open one) {
        Conversation ended = one.conversation();
        open.remove(ended.number());
        closed.put(ended.number(), ended);
        if (closedCount.incrementAndGet() > Ceilings.CLOSED_CONNECTIONS) {
            closed.pollFirstEntry();
            closedCount.decrementAndGet();
        }
    }

    public List<ConnectionView> views() {
        return Stream.concat(
                        closed.values().stream(), open.values().stream().map(Open::conversation))
                .map(Conversation::view)
                .collect(
                        java.util.stream.Collectors.toMap(
                                view -> Long.valueOf(view.id().substring(1)),
                                view -> view,
                                (_, later) -> later,
                                java.util.TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    public Optional<ConnectionView> view(long number) {
        @Nullable Open running = open.get(number);
        @Nullable Conversation found =
                running == null ? closed.get(number) : running.conversation();
        return Optional.ofNullable(found).map(Conversation::view);
    }

    public boolean close(long number, CloseKind how) {
        @Nullable Open running = open.get(number);
        if (running == null) {
            return false;
        }
        running.close(how);
        return true;
    }

    public boolean act(long number, ConnectionAct act) {
        @Nullable Open running = open.get(number);
        if (running == null) {
            return false;
        }
        running.act(act);
        return true;
    }
}
