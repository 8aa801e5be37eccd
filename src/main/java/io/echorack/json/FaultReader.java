package io.echorack.json;

import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.Match;
import io.echorack.model.traffic.Direction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what goes wrong on purpose.
final class FaultReader {
    private static final Map<String, Direction> DIRECTIONS =
            SpecReader.ordered(Map.entry("out", Direction.OUT), Map.entry("in", Direction.IN));
    private static final Map<String, Effect.Shape> SHAPES =
            SpecReader.ordered(
                    Map.entry("uniform", Effect.Shape.UNIFORM),
                    Map.entry("normal", Effect.Shape.NORMAL),
                    Map.entry("lognormal", Effect.Shape.LOGNORMAL));
    private static final String TYPES =
            "delay, drop, duplicate, reorder, corrupt, truncate, bandwidth, slice, coalesce, limitBytes,"
                    + " blackhole, reset, slowClose, pauseAccept, pauseRead";

    private FaultReader() {}

    static @Nullable Fault fault(Fields fields) {
        @Nullable Effect effect = effect(fields);
        return effect == null
                ? null
                : new Fault(
                        fields.text("id"),
                        effect,
                        fields.choice("direction", DIRECTIONS),
                        fields.decimal("probability"),
                        fields.number("seed"),
                        fields.object("match", FaultReader::match));
    }

    private static @Nullable Effect effect(Fields fields) {
        @Nullable String type = fields.text("type");
        return switch (type == null ? "" : type) {
            case "delay" ->
                    new Effect.Delay(
                            fields.integer("delayMs"),
                            fields.integer("jitterMs"),
                            fields.choice("distribution", SHAPES));
            case "drop" -> new Effect.Drop();
            case "duplicate" -> new Effect.Duplicate(fields.integer("copies"));
            case "reorder" -> new Effect.Reorder(fields.integer("distance"));
            case "corrupt" -> new Effect.Corrupt(fields.integer("bits"));
            case "truncate" -> new Effect.Truncate(fields.integer("toBytes"));
            case "bandwidth" -> new Effect.Bandwidth(fields.integer("bytesPerSecond"));
            case "slice" ->
                    new Effect.Slice(fields.integer("sliceBytes"), fields.integer("delayMs"));
            case "coalesce" -> new Effect.Coalesce(fields.integer("messages"));
            case "limitBytes" -> new Effect.LimitBytes(fields.number("bytes"));
            case "blackhole" -> new Effect.Blackhole();
            case "reset" -> new Effect.Reset(fields.number("afterBytes"));
            case "slowClose" -> new Effect.SlowClose(fields.integer("delayMs"));
            case "pauseAccept" -> new Effect.PauseAccept();
            case "pauseRead" -> new Effect.PauseRead();
            default -> {
                SpecReader.unknownType(fields, TYPES);
                yield null;
            }
        };
    }

    private static Match match(Fields fields) {
        return new Match(
                fields.text("peer", Match.Peer::new),
                fields.textOrNumber("connection"),
                messages(fields));
    }

    /// `n` or `[from, to]`.
    private static @Nullable List<Integer> messages(Fields fields) {
        if (fields.isArray("message")) {
            @Nullable List<Integer> range = fields.integers("message");
            if (range != null && range.size() != 2) {
                fields.wrong("message", "must be n or [from, to]");
                return null;
            }
            return range;
        }
        @Nullable Integer one = fields.integer("message");
        return one == null ? null : List.of(one);
    }
}
