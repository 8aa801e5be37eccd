package io.echorack.echo.fault.line;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages that are held up, each until its time; in a stream none before those in front of it.
///
/// Thread: its connection's.
public final class Held {
    /// What each costs beside its bytes.
    private static final long OVERHEAD = 256;

    private record Waiting(Parcel parcel, long due, long place) {
        static final Comparator<Waiting> ORDER =
                (one, other) ->
                        one.due == other.due
                                ? Long.compare(one.place, other.place)
                                : Long.signum(one.due - other.due);
    }

    private final Road road;
    private final Consumer<Parcel> then;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Waiting.ORDER);
    private long places;
    private long bytes;
    private long latest;
    private long wakesAt;
    private boolean wakes;

    public Held(Road road, Consumer<Parcel> then) {
        this.road = road;
        this.then = then;
    }

    /// Holds it until then; false where there is no room.
    public boolean add(Parcel parcel, long due) {
        parcel.pack();
        long size = parcel.length() + OVERHEAD;
        if (!road.hold(size)) {
            road.hold(-size);
            return false;
        }
        boolean behind = road.isStream() && !queue.isEmpty();
        latest = behind && latest - due > 0 ? latest : due;
        Waiting waiting = new Waiting(parcel, latest, places++);
        queue.add(waiting);
        bytes += size;
        if (!wakes || waiting.due - wakesAt < 0) {
            wakeFor(waiting);
        }
        return true;
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    public long bytes() {
        return bytes;
    }

    /// Lets go of all of them, in order.
    public void flush() {
        for (@Nullable Waiting first = queue.poll(); first != null; first = queue.poll()) {
            letGo(first);
        }
    }

    public void release() {
        for (@Nullable Waiting first = queue.poll(); first != null; first = queue.poll()) {
            forget(first);
            first.parcel.release();
        }
    }

    /// Of the times that it was to wake at, the last said counts.
    private void wakeFor(Waiting first) {
        wakes = true;
        wakesAt = first.due;
        road.after(Math.max(0, first.due - road.now()), () -> wake(first.due));
    }

    private void wake(long at) {
        if (!wakes || at != wakesAt) {
            return;
        }
        wakes = false;
        long now = road.now();
        @Nullable Waiting first = queue.peek();
        while (first != null && first.due - now <= 0) {
            queue.poll();
            letGo(first);
            first = queue.peek();
        }
        if (first != null) {
            wakeFor(first);
        }
    }

    private void letGo(Waiting waiting) {
        forget(waiting);
        then.accept(waiting.parcel);
    }

    private void forget(Waiting waiting) {
        long size = waiting.parcel.length() + OVERHEAD;
        bytes -= size;
        road.hold(-size);
    }
}
