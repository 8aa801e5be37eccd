package io.echorack.rack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.Problem;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.EchoEngine;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerStatus.Applied;
import io.echorack.model.engine.SpecStore;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.Limits;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.traffic.Tap;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rack over an engine whose binds fail when they are told to, and a store that does too.
class RackTest {
    private static final Tap SILENT = (_, _, _, _, _, _, _, _, _, _) -> true;

    private final FakeEngine engine = new FakeEngine();
    private final FakeStore store = new FakeStore();
    private final Rack rack = new Rack(engine, store, SILENT);

    @Test
    void whatCouldNotBeStoredIsNotInTheRackAndNotBound() {
        store.fails = true;
        assertThrows(IllegalStateException.class, () -> rack.create(spec("a", 5000)));
        assertEquals(List.of(), rack.servers());
        assertEquals(Set.of(), engine.bound);
    }

    @Test
    void whatCouldNotBindIsNeitherInTheRackNorInTheStore() {
        engine.refuses = true;
        assertThrows(Problem.class, () -> rack.create(spec("a", 5000)));
        assertEquals(List.of(), rack.servers());
        assertEquals(Map.of(), store.specs);
    }

    @Test
    void aChangeThatCouldNotBeStoredLeavesTheOldServerListening() {
        rack.create(spec("a", 5000));
        store.fails = true;
        assertThrows(
                IllegalStateException.class, () -> rack.change("a", _ -> spec("a", 5001), true));
        assertThrows(IllegalStateException.class, () -> rack.change("a", _ -> backlogged(), true));
        assertEquals(Set.of(5000), engine.bound);
        assertEquals(5000, rack.server("a").status().port());
        assertEquals(ServerState.RUNNING, rack.server("a").status().state());
    }

    @Test
    void aChangeOfTheBehaviorIsLiveAndOneOfThePortIsNot() {
        rack.create(spec("a", 5000));
        rack.change("a", old -> with(old, new Behavior.Discard()), false);
        assertEquals(
                Applied.LIVE,
                java.util.Objects.requireNonNull(rack.server("a").status().lastChange()).applied());
        Problem refused =
                assertThrows(Problem.class, () -> rack.change("a", _ -> spec("a", 5001), false));
        assertEquals(Problem.Code.RESTART_REFUSED, refused.code());
        rack.change("a", _ -> spec("a", 5001), true);
        assertEquals(Set.of(5001), engine.bound);
    }

    @Test
    void countersLiveOnOverARestart() {
        rack.create(spec("a", 5000));
        rack.restart("a", Duration.ZERO);
        rack.restart("a", Duration.ZERO);
        // Each life of the fake counts one message.
        assertEquals(3, rack.server("a").status().counters().messagesIn());
    }

    @Test
    void aServerThatFailedStartsWithASpecThatCanBind() {
        engine.bound.add(5000);
        store.specs.put("a", spec("a", 5000));
        rack.load();
        rack.bringUp();
        assertTrue(rack.ready());
        assertEquals(ServerState.FAILED, rack.server("a").status().state());
        rack.change("a", _ -> spec("a", 5001), true);
        assertEquals(ServerState.RUNNING, rack.server("a").status().state());
    }

    @Test
    void theWholeRackIsReplacedEvenWhereAPortChangesItsOwner() {
        rack.create(spec("a", 5000));
        List<WholeRack.Refused> refused =
                new WholeRack(rack).put(List.of(spec("b", 5000), spec("c", 5001)));
        assertEquals(List.of(), refused);
        assertEquals(
                List.of("b", "c"), rack.servers().stream().map(server -> server.name()).toList());
        new WholeRack(rack).reset();
        assertEquals(Set.of(), engine.bound);
        assertEquals(Map.of(), store.specs);
    }

    @Test
    void serversMayTradeTheirPorts() {
        rack.create(spec("a", 5000));
        rack.create(spec("b", 5001));
        rack.create(spec("c", 5002));
        List<ServerSpec> traded = List.of(spec("a", 5001), spec("b", 5002), spec("c", 5000));
        assertEquals(List.of(), new WholeRack(rack).put(traded));
        assertEquals(traded, rack.servers().stream().map(server -> server.spec()).toList());
        assertEquals(Set.of(5000, 5001, 5002), engine.bound);
    }

    @Test
    void aServerWhosePortIsTakenByAStrangerGoesOnWhereItWas() {
        rack.create(spec("a", 5000));
        engine.bound.add(6000);
        List<WholeRack.Refused> refused =
                new WholeRack(rack).put(List.of(spec("a", 6000), spec("b", 5001)));
        assertEquals(List.of("a"), refused.stream().map(WholeRack.Refused::name).toList());
        assertEquals(5000, rack.server("a").status().port());
        assertTrue(isRunning("a") && isRunning("b"));
    }

    @Test
    void aFailedServerCanBeEditedWithoutABind() {
        engine.bound.add(5000);
        store.specs.put("a", spec("a", 5000));
        rack.load();
        rack.bringUp();
        rack.change("a", old -> with(old, new Behavior.Discard()), true);
        assertEquals(ServerState.FAILED, rack.server("a").status().state());
        assertEquals(new Behavior.Discard(), rack.server("a").spec().behaves());
        engine.bound.remove(5000);
        rack.start("a");
        assertTrue(isRunning("a"));
    }

    @Test
    void everyChangeIsThereToBeSeenOnceItsNumberIs() {
        long before = rack.changes();
        rack.create(
                new ServerSpec(
                        "quiet", null, null, null, 5000, false, null, null, null, null, null, null,
                        null, null));
        assertTrue(rack.changes() > before);
        long first = java.util.Objects.requireNonNull(rack.revisions().get("quiet"));
        rack.delete("quiet", Duration.ZERO);
        rack.create(spec("quiet", 5000));
        assertTrue(java.util.Objects.requireNonNull(rack.revisions().get("quiet")) > first);
    }

    /// Random calls against a plain map: after each one, the rack, the store and the bound ports agree with it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomCallsKeepRackStoreAndPortsTogether(long seed) {
        Random random = new Random(seed);
        Map<String, ServerSpec> model = new TreeMap<>();
        Set<String> running = new HashSet<>();
        for (int step = 0; step < 2_000; step++) {
            String name = "s" + random.nextInt(6);
            ServerSpec wanted = spec(name, 5000 + random.nextInt(8));
            engine.refuses = random.nextInt(10) == 0;
            store.fails = random.nextInt(10) == 0;
            try {
                switch (random.nextInt(5)) {
                    case 0 -> {
                        rack.create(wanted);
                        model.put(name, wanted);
                        running.add(name);
                    }
                    case 1 -> {
                        boolean isNew = !model.containsKey(name);
                        rack.put(wanted);
                        model.put(name, wanted);
                        if (isNew) {
                            running.add(name);
                        }
                    }
                    case 2 -> {
                        rack.start(name);
                        running.add(name);
                    }
                    case 3 -> {
                        rack.stop(name, Duration.ZERO);
                        running.remove(name);
                    }
                    default -> {
                        rack.delete(name, Duration.ZERO);
                        model.remove(name);
                        running.remove(name);
                    }
                }
            } catch (Problem | IllegalStateException refused) {
                // Refused: then nothing changed, which is what is looked at now. A failed server
                // put anew runs.
                running.removeIf(one -> !isRunning(one));
            }
            running.addAll(model.keySet().stream().filter(this::isRunning).toList());
            agree("seed " + seed + ", step " + step, model, running);
        }
    }

    private boolean isRunning(String name) {
        return rack.has(name) && rack.server(name).status().state() == ServerState.RUNNING;
    }

    private void agree(String when, Map<String, ServerSpec> model, Set<String> running) {
        assertEquals(
                List.copyOf(model.keySet()),
                rack.servers().stream().map(server -> server.name()).toList(),
                when);
        assertEquals(model, store.specs, when);
        Set<Integer> ports = new HashSet<>();
        for (String name : running) {
            assertTrue(isRunning(name), when);
            assertTrue(ports.add(rack.server(name).status().port()), when);
            assertEquals(model.get(name), rack.server(name).spec(), when);
        }
        assertEquals(ports, engine.bound, when);
        assertFalse(
                rack.servers().stream()
                        .anyMatch(server -> server.status().state() == ServerState.STARTING),
                when);
    }

    private static ServerSpec spec(String name, int port) {
        return new ServerSpec(
                name, null, null, null, port, null, null, null, null, null, null, null, null, null);
    }

    private static ServerSpec with(ServerSpec old, Behavior behavior) {
        return new ServerSpec(
                old.name(),
                null,
                null,
                null,
                old.port(),
                null,
                behavior,
                null,
                null,
                null,
                Limits.DEFAULTS,
                null,
                null,
                null);
    }

    private static ServerSpec backlogged() {
        var options =
                new io.echorack.model.spec.SocketOptions(
                        null, 7, null, null, null, null, null, null, null, null, null, null);
        return new ServerSpec(
                "a", null, null, null, 5000, null, null, null, null, options, null, null, null,
                null);
    }

    /// Specs in memory, and a disk that fails.
    private static final class FakeStore implements SpecStore {
        private final Map<String, ServerSpec> specs = new TreeMap<>();
        private boolean fails;

        @Override
        public List<ServerSpec> load() {
            return new ArrayList<>(specs.values());
        }

        @Override
        public void change(Collection<ServerSpec> keep, Collection<String> remove) {
            if (fails) {
                throw new IllegalStateException("disk full");
            }
            keep.forEach(spec -> specs.put(spec.name(), spec));
            remove.forEach(specs::remove);
        }
    }

    /// Ports in memory, and a kernel that refuses.
    private static final class FakeEngine implements EchoEngine {
        @Override
        public int openSockets() {
            return 0;
        }

        @Override
        public int mostSockets() {
            return 0;
        }

        private final Set<Integer> bound = new HashSet<>();
        private boolean refuses;

        @Override
        public LiveServer open(ServerSpec spec) {
            if (refuses || !bound.add(spec.portOrAny())) {
                throw new Problem(Problem.Code.PORT_IN_USE, "taken");
            }
            return new FakeServer(this, spec.portOrAny());
        }

        @Override
        public List<ConnectionView> connections() {
            return List.of();
        }

        @Override
        public Optional<ConnectionView> connection(long number) {
            return Optional.empty();
        }

        @Override
        public boolean close(long number, CloseKind how) {
            return false;
        }

        @Override
        public boolean act(long number, ConnectionAct act) {
            return false;
        }

        @Override
        public String transport() {
            return "fake";
        }

        @Override
        public void close() {
            bound.clear();
        }
    }

    private static final class FakeServer implements LiveServer {
        private final FakeEngine engine;
        private final int port;
        private boolean listens = true;
        private final Map<String, Object> socket = new HashMap<>();
        private @Nullable ServerSpec applied;

        private FakeServer(FakeEngine engine, int port) {
            this.engine = engine;
            this.port = port;
        }

        @Override
        public Map<String, Long> faults() {
            return Map.of();
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress("127.0.0.1", port);
        }

        @Override
        public Counters counters() {
            return new Counters(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public Threads threads() {
            return new Threads(IoModel.EVENT_LOOP, 1);
        }

        @Override
        public Map<String, Object> socket() {
            return socket;
        }

        @Override
        public void apply(ServerSpec spec) {
            applied = spec;
            assertEquals(port, applied.portOrAny());
        }

        @Override
        public void unlisten() {
            listens = false;
            engine.bound.remove(port);
        }

        @Override
        public void listenAgain() {
            assertTrue(engine.bound.add(port), "its port was taken meanwhile");
            listens = true;
        }

        @Override
        public int stop(Duration drain) {
            if (listens) {
                engine.bound.remove(port);
            }
            return 0;
        }
    }
}
