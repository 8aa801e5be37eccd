package io.echorack.rack;

import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.engine.EchoEngine;
import io.echorack.model.engine.ServerView;
import io.echorack.model.engine.SpecStore;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Tap;
import io.echorack.rack.Places.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The set of servers, and the only one who changes it.
///
/// Thread: any. The rack's lock guards who stands where and is never held over a bind or the disk; each server has a
/// turn of its own, held by one call at a time.
public final class Rack {
    private final EchoEngine engine;
    private final SpecStore store;
    private final Tap tap;
    private final AtomicLong changes = new AtomicLong();
    private final Places places = new Places();
    private volatile boolean ready;

    public Rack(EchoEngine engine, SpecStore store, Tap tap) {
        this.engine = engine;
        this.store = store;
        this.tap = tap;
    }

    /// Finds the stored rack back, and keeps the turn at each server until it is brought up: by the same thread.
    public void load() {
        for (ServerSpec spec : store.load()) {
            Place place = Place.of(newSlot(spec));
            place.turn().lock();
            places.add(place);
        }
    }

    /// Starts what starts by itself; a server that can't bind is `failed`.
    public void bringUp() {
        for (Place place : places.all()) {
            if (place.turn().isHeldByCurrentThread()) {
                if (place.slot().spec().startsByItself()) {
                    startOrFail(place.slot());
                }
                place.turn().unlock();
            }
        }
        ready = true;
    }

    /// Whether the stored rack has been brought up.
    public boolean ready() {
        return ready;
    }

    /// Grows behind every change of any server: who has seen this number has nothing to look for until it is another.
    public long changes() {
        return changes.get();
    }

    /// All servers, by name.
    public List<ServerView> servers() {
        return slots().stream().map(Slot::view).toList();
    }

    /// Each server's name, and a number that is another one after every change of it.
    public Map<String, Long> revisions() {
        return slots().stream().collect(Collectors.toMap(Slot::name, Slot::revision));
    }

    public Optional<ServerView> find(String name) {
        return places.find(name).map(place -> place.slot().view());
    }

    public ServerView server(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    public boolean has(String name) {
        return places.find(name).isPresent();
    }

    public ServerView create(ServerSpec asked) {
        Place place = places.reserve(asked, this::newSlot);
        try {
            Slot slot = place.slot();
            if (slot.spec().startsByItself()) {
                slot.start();
            }
            keep(slot.spec());
            return slot.view();
        } catch (RuntimeException refused) {
            place.slot().stop(Duration.ZERO);
            remove(place);
            throw refused;
        } finally {
            place.turn().unlock();
        }
    }

    /// Creates or replaces; the same spec again changes nothing.
    public ServerView put(ServerSpec asked) {
        while (true) {
            if (!has(asked.name())) {
                try {
                    return create(asked);
                } catch (Problem refused) {
                    if (refused.code() != Problem.Code.NAME_TAKEN) {
                        throw refused;
                    }
                }
            }
            Optional<ServerView> changed = changeIfThere(asked.name(), _ -> asked, true);
            if (changed.isPresent()) {
                return changed.get();
            }
        }
    }

    /// Changes a spec; without `mayRestart` only what can change live.
    public ServerView change(String name, UnaryOperator<ServerSpec> change, boolean mayRestart) {
        return changeIfThere(name, change, mayRestart).orElseThrow(() -> unknown(name));
    }

    public ServerView start(String name) {
        return inTurn(
                name,
                slot -> {
                    slot.start();
                    return slot.view();
                });
    }

    public ServerView stop(String name, Duration drain) {
        return inTurn(
                name,
                slot -> {
                    slot.stop(drain);
                    return slot.view();
                });
    }

    public ServerView restart(String name, Duration drain) {
        return inTurn(
                name,
                slot -> {
                    slot.stop(drain);
                    slot.start();
                    return slot.view();
                });
    }

    public void delete(String name, Duration drain) {
        Place place = places.find(name).orElseThrow(() -> unknown(name));
        place.turn().lock();
        try {
            if (places.holds(place)) {
                store.change(List.of(), List.of(name));
                place.slot().stop(drain);
                remove(place);
            }
        } finally {
            place.turn().unlock();
        }
    }

    private Optional<ServerView> changeIfThere(
            String name, UnaryOperator<ServerSpec> change, boolean mayRestart) {
        return places.find(name)
                .flatMap(place -> {
                    place.turn().lock();
                    try {
                        if (!places.holds(place)) {
                            return Optional.empty();
                        }
                        Slot slot = place.slot();
                        ServerSpec changed = change.apply(slot.spec());
                        new Check()
                                .that(changed.name().equals(name), "/name", "can't be changed")
                                .done();
                        if (!changed.equals(slot.spec())) {
                            slot.change(changed, mayRestart, () -> keep(changed));
                        }
                        return Optional.of(slot.view());
                    } finally {
                        place.turn().unlock();
                    }
                });
    }

    private ServerView inTurn(String name, Function<Slot, ServerView> work) {
        Place place = places.find(name).orElseThrow(() -> unknown(name));
        place.turn().lock();
        try {
            if (!places.holds(place)) {
                throw unknown(name);
            }
            return work.apply(place.slot());
        } finally {
            place.turn().unlock();
        }
    }

    private Slot newSlot(ServerSpec spec) {
        return new Slot(spec, engine, tap, changes);
    }

    private void remove(Place place) {
        places.remove(place);
        changes.incrementAndGet();
    }

    private void keep(ServerSpec spec) {
        store.change(List.of(spec), List.of());
    }

    private List<Slot> slots() {
        return places.all().stream().map(Place::slot).toList();
    }

    private static void startOrFail(Slot slot) {
        try {
            slot.start();
        } catch (Problem told) {
            // The slot says so itself: its state is failed, with the reason.
            assert slot.isFailed();
        }
    }

    private static Problem unknown(String name) {
        return Problem.notFound("There is no server named " + name + ".");
    }
}
