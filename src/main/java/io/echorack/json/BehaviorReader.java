package io.echorack.json;

import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Behavior.Otherwise;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.Rule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a server says.
final class BehaviorReader {
    private static final Map<String, Otherwise> OTHERWISE =
            SpecReader.ordered(
                    Map.entry("echo", Otherwise.ECHO),
                    Map.entry("discard", Otherwise.DISCARD),
                    Map.entry("close", Otherwise.CLOSE));
    private static final String TYPES =
            "echo, uppercase, reverse, discard, chargen, daytime, time, qotd, reply, rules, info, echoPlus";

    private BehaviorReader() {}

    static @Nullable Behavior behavior(Fields fields) {
        @Nullable Payload banner = SpecReader.payload(fields, "banner");
        @Nullable Behavior behavior = core(fields);
        return behavior == null || banner == null
                ? behavior
                : new Behavior.Greeting(banner, behavior);
    }

    private static @Nullable Behavior core(Fields fields) {
        @Nullable String type = fields.text("type");
        return switch (type == null ? "" : type) {
            case "echo" -> new Behavior.Echo();
            case "uppercase" -> new Behavior.Uppercase();
            case "reverse" -> new Behavior.Reverse();
            case "discard" -> new Behavior.Discard();
            case "chargen" -> new Behavior.Chargen();
            case "daytime" -> new Behavior.Daytime();
            case "time" -> new Behavior.Time();
            case "qotd" -> new Behavior.Qotd();
            case "reply" -> new Behavior.Reply(SpecReader.payload(fields, "payload"));
            case "rules" ->
                    new Behavior.Rules(
                            fields.list("rules", BehaviorReader::rule),
                            fields.choice("otherwise", OTHERWISE));
            case "info" -> new Behavior.Info();
            case "echoPlus" -> new Behavior.EchoPlus();
            default -> {
                SpecReader.unknownType(fields, TYPES);
                yield null;
            }
        };
    }

    private static Rule rule(Fields fields) {
        return new Rule(
                fields.object("when", BehaviorReader::when), SpecReader.payload(fields, "reply"));
    }

    private static Rule.When when(Fields fields) {
        return new Rule.When(
                SpecReader.payload(fields, "equals"),
                SpecReader.payload(fields, "startsWith"),
                SpecReader.payload(fields, "contains"),
                fields.text("regex"));
    }
}
