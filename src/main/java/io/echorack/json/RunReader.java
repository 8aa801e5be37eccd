package io.echorack.json;

import io.echorack.model.run.Mode;
import io.echorack.model.run.RunPayload;
import io.echorack.model.run.RunSpec;
import io.echorack.model.run.Target;
import io.echorack.model.run.Verify;
import io.echorack.model.spec.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a test client is asked for.
public final class RunReader {
    private static final Map<String, Mode> MODES = Map.of(Mode.PING_PONG.text(), Mode.PING_PONG);
    private static final Map<String, Verify> VERIFIES =
            SpecReader.ordered(
                    Map.entry("echo", Verify.ECHO),
                    Map.entry("uppercase", Verify.UPPERCASE),
                    Map.entry("reverse", Verify.REVERSE),
                    Map.entry("none", Verify.NONE));

    private RunReader() {}

    public static RunSpec spec(Fields fields) {
        fields.notYet("ratePerSecond");
        fields.notYet("warmupMs", 0);
        fields.notYet("chunks");
        fields.notYet("socket");
        fields.notYet("tls");
        fields.notYet("connection", "reuse");
        fields.notYet("localAddress");
        fields.notYet("connectedUdp", true);
        fields.object("retry", RunReader::noRetry);
        fields.notYet("thresholds");
        return new RunSpec(
                target(fields),
                SpecReader.protocol(fields),
                fields.choice("mode", MODES),
                fields.integer("connections"),
                fields.integer("inFlight"),
                fields.number("count"),
                fields.integer("durationMs"),
                fields.integer("timeoutMs"),
                fields.object("payload", RunReader::payload),
                SpecReader.framing(fields),
                fields.choice("verify", VERIFIES));
    }

    public static @Nullable Target target(Fields fields) {
        return fields.object("target", RunReader::targetOf);
    }

    /// How long a resend would wait says nothing where there are none.
    private static Fields noRetry(Fields fields) {
        fields.notYet("attempts", 0);
        fields.integer("timeoutMs");
        return fields;
    }

    private static Target targetOf(Fields fields) {
        return new Target(fields.text("server"), fields.text("host"), fields.integer("port"));
    }

    private static @Nullable RunPayload payload(Fields fields) {
        if (fields.has("randomBytes")) {
            @Nullable Integer length = fields.integer("randomBytes");
            @Nullable Long seed = fields.number("seed");
            return length == null ? null : new RunPayload.RandomBytes(length, seed);
        }
        if (fields.has("sizeBytes")) {
            @Nullable List<Integer> sizes = fields.integers("sizeBytes");
            @Nullable Long seed = fields.number("seed");
            return sizes == null ? null : new RunPayload.SizeBytes(sizes, seed);
        }
        @Nullable Payload given = SpecReader.payloadOf(fields);
        return given == null ? null : new RunPayload.Given(given);
    }
}
