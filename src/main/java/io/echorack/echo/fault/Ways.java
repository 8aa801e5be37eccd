package io.echorack.echo.fault;

import io.echorack.echo.books.Conversation;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Road;
import io.echorack.echo.fault.line.Stage;
import io.echorack.echo.fault.line.Stage.Place;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Fault;
import io.echorack.model.traffic.Direction;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Both ways of one connection's messages, in and out, with the faults that lie on them in the order in which they were
/// asked for.
///
/// Thread: its connection's.
public final class Ways {
    /// What a client's answers may hold up before nothing more is answered, in bytes.
    private static final long ROOM = 64 * 1024;

    private final long ordinal;
    private final Conversation conversation;
    private final Road road;
    private List<Fault> faults = List.of();
    private List<Stage> in = List.of();
    private List<Stage> out = List.of();

    /// Ways without faults.
    ///
    /// @param ordinal of how many connections of its server it is
    public Ways(long ordinal, Conversation conversation, Road road) {
        this.ordinal = ordinal;
        this.conversation = conversation;
        this.road = road;
    }

    /// Lays these faults on it, where it has others; what those held up goes on at once and in order.
    public void lay(List<Fault> wanted) {
        if (!has(wanted)) {
            List<Stage> oldIn = in;
            List<Stage> oldOut = out;
            faults = wanted;
            in = line(Direction.IN);
            out = line(Direction.OUT);
            oldIn.forEach(Stage::flush);
            oldOut.forEach(Stage::flush);
        }
    }

    /// Whether these are the faults on it; for the same list that is known at once.
    public boolean has(List<Fault> wanted) {
        return wanted.equals(faults);
    }

    /// Whether there are no faults, so that nobody need go this way.
    public boolean isPlain() {
        return faults.isEmpty();
    }

    /// The fault by which nothing is read here, if one does that.
    public @Nullable Place pausesRead() {
        return places().filter(place -> place.fault().effect() instanceof Effect.PauseRead)
                .filter(Place::strikesConnection)
                .findFirst()
                .orElse(null);
    }

    public void take(Direction way, Parcel message) {
        List<Stage> line = way == Direction.IN ? in : out;
        if (!line.isEmpty()) {
            line.getFirst().take(message);
        } else if (message.end() != null) {
            message.end().run();
        } else {
            road.arrives(way, message);
        }
    }

    /// Runs it once all that has come in is answered and has gone out.
    public void atTheEnd(Runnable end) {
        take(Direction.IN, Parcel.end(() -> behindAnswers(end)));
    }

    /// Runs it once all that was answered so far has gone out.
    public void behindAnswers(Runnable end) {
        take(Direction.OUT, Parcel.end(end));
    }

    public boolean hasRoom() {
        return held() < ROOM;
    }

    /// Bytes that are held up.
    public long held() {
        long bytes = 0;
        for (Stage stage : in) {
            bytes += stage.held();
        }
        for (Stage stage : out) {
            bytes += stage.held();
        }
        return bytes;
    }

    public void release() {
        in.forEach(Stage::release);
        out.forEach(Stage::release);
    }

    private List<Stage> line(Direction way) {
        List<Stage> stages =
                places().filter(place -> place.fault().way() == way)
                        .map(Ways::stage)
                        .flatMap(Optional::stream)
                        .toList();
        for (int i = 1; i < stages.size(); i++) {
            stages.get(i - 1).setNext(stages.get(i));
        }
        return stages;
    }

    /// Of the faults those that are about this connection.
    private Stream<Place> places() {
        InetSocketAddress peer = Objects.requireNonNull(conversation.origin().peer());
        return IntStream.range(0, faults.size())
                .filter(i -> faults.get(i).matches().holds(peer, ordinal, conversation.number()))
                .mapToObj(i -> {
                    Fault fault = faults.get(i);
                    return new Place(fault, fault.idAt(i), turn(i), ordinal, conversation, road);
                });
    }

    /// How many of its type and direction stand before it.
    private int turn(int place) {
        Fault fault = faults.get(place);
        return (int)
                faults.subList(0, place).stream()
                        .filter(one -> one.effect().type().equals(fault.effect().type()))
                        .filter(one -> one.way() == fault.way())
                        .count();
    }

    private static Optional<Stage> stage(Place place) {
        @Nullable Stage stage =
                switch (place.fault().effect()) {
                    case Effect.Delay delay -> new Delaying(place, delay);
                    case Effect.Drop _ -> new Dropping(place);
                    case Effect.Duplicate duplicate -> new Duplicating(place, duplicate);
                    case Effect.Reorder reorder -> new Reordering(place, reorder);
                    case Effect.Corrupt corrupt -> new Corrupting(place, corrupt);
                    case Effect.Truncate truncate -> new Truncating(place, truncate);
                    case Effect.Bandwidth bandwidth -> new Pacing(place, bandwidth);
                    case Effect.Slice slice -> new Slicing(place, slice);
                    case Effect.Coalesce coalesce -> new Coalescing(place, coalesce);
                    case Effect.LimitBytes limit -> new CuttingOff(place, false, limit.most());
                    case Effect.Reset reset -> new CuttingOff(place, true, reset.after());
                    case Effect.Blackhole _ -> new Swallowing(place);
                    case Effect.SlowClose slow -> new SlowClosing(place, slow);
                    // These lie on no message's way: the servers see to them.
                    case Effect.PauseAccept _, Effect.PauseRead _ -> null;
                };
        return Optional.ofNullable(stage);
    }
}
