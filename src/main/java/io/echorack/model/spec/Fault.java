package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.traffic.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that goes wrong on purpose; what is null is left to its default.
///
/// @param id the name by which events and counts tell it; by its place in the list, `f1`, where there is none
/// @param direction out: it strikes answers; in: messages before the behavior sees them
/// @param probability how likely it strikes one, 0 to 1
/// @param seed from which follows which ones it strikes, and how
/// @param match what it strikes at all
public record Fault(
        @Nullable String id,
        Effect effect,
        @Nullable Direction direction,
        @Nullable Double probability,
        @Nullable Long seed,
        @Nullable Match match) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    /// A fault with its id, whether it was given or made up.
    public record Named(String id, Fault fault) {}

    public Fault {
        new Check()
                .that(
                        id == null || ID.matcher(id).matches(),
                        "/id",
                        "must be 1 to 63 of letters, digits, '.', '_' and '-'")
                .that(
                        probability == null || (probability >= 0 && probability <= 1),
                        "/probability",
                        "must be from 0 to 1")
                .that(
                        effect.strikesMessages() || match == null || match.message() == null,
                        "/match/message",
                        "is for faults that strike messages; %s does not".formatted(effect.type()))
                .done();
    }

    public Direction way() {
        return direction == null || effect instanceof Effect.SlowClose ? Direction.OUT : direction;
    }

    public double likelihood() {
        return probability == null ? 1 : probability;
    }

    public long seedOrZero() {
        return seed == null ? 0 : seed;
    }

    public Match matches() {
        return match == null ? Match.ALL : match;
    }

    /// What is wrong with them together, on that protocol, or with threads that block.
    static List<Problem.Field> wrong(List<Fault> faults, boolean udp, boolean blocks) {
        List<Problem.Field> wrong = new ArrayList<>();
        if (faults.size() > Ceilings.FAULTS) {
            wrong.add(
                    new Problem.Field("/faults", "must be at most %,d".formatted(Ceilings.FAULTS)));
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (!ids.add(fault.idAt(i))) {
                wrong.add(
                        new Problem.Field(
                                "/faults/" + i + "/id",
                                "another fault is called %s already".formatted(fault.idAt(i))));
            }
            if (udp && !fault.effect.worksOnDatagrams()) {
                wrong.add(
                        new Problem.Field(
                                "/faults/" + i + "/type",
                                "%s is for tcp".formatted(fault.effect.type())));
            }
            if (blocks && !fault.effect.worksBlocking()) {
                wrong.add(
                        new Problem.Field(
                                "/faults/" + i + "/type",
                                "%s is for the ioModel eventLoop: a thread that blocks has one message at a time"
                                        .formatted(fault.effect.type())));
            }
            if (fault.stopsTheServer(udp) && fault.likelihood() < 1) {
                wrong.add(
                        new Problem.Field(
                                "/faults/" + i + "/probability",
                                "can't be below 1: %s strikes the whole server"
                                        .formatted(fault.effect.type())));
            }
            if (fault.stopsTheServer(udp) && fault.match != null) {
                wrong.add(
                        new Problem.Field(
                                "/faults/" + i + "/match",
                                "can't be: %s strikes the whole server"
                                        .formatted(fault.effect.type())));
            }
        }
        return wrong;
    }

    /// Whether it strikes no single connection.
    private boolean stopsTheServer(boolean udp) {
        return effect instanceof Effect.PauseAccept || (udp && effect instanceof Effect.PauseRead);
    }

    /// The id, or the one that it has by its place in the list.
    public String idAt(int place) {
        return id == null ? "f" + (place + 1) : id;
    }
}
