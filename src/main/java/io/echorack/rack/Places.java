package io.echorack.rack;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.spec.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Who stands where in the rack, by name.
///
/// Thread: any; the lock is held for a look or a change of the map, never over a bind or the disk.
final class Places {
    /// A slot, and the turn at changing it.
    record Place(Slot slot, ReentrantLock turn) {
        static Place of(Slot slot) {
            return new Place(slot, new ReentrantLock());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Place> byName = new TreeMap<>();

    /// Takes a free name for a new server, and the turn at it.
    Place reserve(ServerSpec asked, Function<ServerSpec, Slot> slots) {
        lock.lock();
        try {
            if (byName.size() >= Ceilings.SERVERS) {
                throw new Problem(
                        Problem.Code.LIMIT_REACHED,
                        "The rack holds %,d servers already.".formatted(Ceilings.SERVERS));
            }
            String name = asked.name().isEmpty() ? freeName(asked) : asked.name();
            if (byName.containsKey(name)) {
                throw new Problem(
                        Problem.Code.NAME_TAKEN,
                        "There is a server named " + name + " already; PUT replaces it.");
            }
            Place place = Place.of(slots.apply(asked.named(name)));
            place.turn().lock();
            byName.put(name, place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    void add(Place place) {
        lock.lock();
        try {
            byName.put(place.slot().name(), place);
        } finally {
            lock.unlock();
        }
    }

    void remove(Place place) {
        lock.lock();
        try {
            byName.remove(place.slot().name(), place);
        } finally {
            lock.unlock();
        }
    }

    Optional<Place> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(byName.get(name));
        } finally {
            lock.unlock();
        }
    }

    boolean holds(Place place) {
        return find(place.slot().name()).filter(place::equals).isPresent();
    }

    List<Place> all() {
        lock.lock();
        try {
            return new ArrayList<>(byName.values());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private String freeName(ServerSpec asked) {
        int number = 1;
        while (byName.containsKey(asked.transport().text() + "-" + number)) {
            number++;
        }
        return asked.transport().text() + "-" + number;
    }
}
