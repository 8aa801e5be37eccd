package io.echorack.client;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.run.Aim;
import io.echorack.model.run.RunPayload;
import io.echorack.model.run.Verify;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Makes the messages of a run, each from its number, and what should come back for it.
final class Messages {
    private static final int DEFAULT_BYTES = 64;

    /// From so many random bytes on, two messages of a run are the same less often than once in 10^5 runs of the most
    /// messages.
    private static final int DISTINCT_BYTES = 8;

    /// An odd number that spreads the message's numbers over all seeds; not SplittableRandom's own step, with which each
    /// message would go on where the last one began.
    private static final long SPREAD = 0xD1B54A32D192ED03L;

    private final Aim aim;
    private final Behavior expected;
    private final boolean any;
    private final int least;
    private final int most;
    private final long seed;
    private final @Nullable Expected always;

    /// Throws a `Problem` where the payload makes no message of that framing.
    Messages(Aim aim, @Nullable RunPayload payload, @Nullable Verify verify) {
        this.aim = aim;
        Behavior core = aim.behaves().core();
        expected = verify == null ? core : verify.behavior().orElse(core);
        any = verify == Verify.NONE || !expected.foretells();
        RunPayload asked = payload == null ? fitting(aim.framing()) : payload;
        switch (asked) {
            case RunPayload.Given given -> {
                byte[] content = given.payload().bytes();
                least = content.length;
                most = content.length;
                seed = 0;
                always = single(content);
            }
            case RunPayload.RandomBytes random -> {
                least = random.randomBytes();
                most = random.randomBytes();
                seed = orZero(random.seed());
                always = null;
            }
            case RunPayload.SizeBytes sizes -> {
                least = sizes.sizeBytes().getFirst();
                most = sizes.sizeBytes().getLast();
                seed = orZero(sizes.seed());
                always = null;
            }
        }
        check();
    }

    /// Holds a run's numbers against the size of its messages; throws a `Problem` where they don't go together.
    void check(RunPlan plan) {
        long flight = (long) plan.connections() * plan.inFlight() * longest();
        boolean untold = any && framed() && aim.framing() instanceof Framing.Raw;
        new Check()
                .that(
                        flight <= Ceilings.RUN_FLIGHT_BYTES,
                        "/inFlight",
                        "makes %,d bytes under way with these connections and sizes; %,d are the most"
                                .formatted(flight, Ceilings.RUN_FLIGHT_BYTES))
                .that(
                        !untold || aim.protocol() == Protocol.UDP || plan.inFlight() == 1,
                        "/inFlight",
                        "must be 1 where nothing tells one answer from the next")
                .done();
    }

    Expected message(long number) {
        return always == null ? Expected.of(content(number), aim.framing(), expected) : always;
    }

    /// Whether every message has an answer of its own, so that none can be taken for another.
    boolean distinct() {
        boolean carried =
                expected instanceof Behavior.Echo
                        || expected instanceof Behavior.Uppercase
                        || expected instanceof Behavior.Reverse;
        return always == null && least >= DISTINCT_BYTES && carried && !any;
    }

    /// Whether any answer will do.
    boolean any() {
        return any;
    }

    /// The longest that a message or its answer is, in bytes.
    int longest() {
        return Math.max(most, expected instanceof Behavior.Reply reply ? reply.bytes().length : 0);
    }

    /// Bytes that the target says first on a new connection, which answer nothing.
    int openingBytes() {
        return aim.behaves().opening().length;
    }

    /// Whether the framing cuts the answers; if not, they are as long as is expected.
    boolean framed() {
        boolean foretold = aim.server().isPresent() && aim.behaves().foretells();
        if (any && !foretold) {
            return true;
        }
        boolean asGiven = expected instanceof Behavior.Reply || expected instanceof Behavior.Rules;
        return !(aim.framing() instanceof Framing.Raw || asGiven);
    }

    private byte[] content(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * SPREAD));
        return content(random, least == most ? least : random.nextInt(least, most + 1));
    }

    private byte[] content(SplittableRandom random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        if (aim.framing() instanceof Framing.Delimiter delimiter) {
            leaveOut(delimiter.bytes()[0], content);
        }
        return content;
    }

    /// A message that held its delimiter would be two.
    private static void leaveOut(byte delimiter, byte[] content) {
        for (int i = 0; i < content.length; i++) {
            if (content[i] == delimiter) {
                content[i] = (byte) (delimiter + 1);
            }
        }
    }

    private void check() {
        boolean datagram = aim.protocol() == Protocol.UDP;
        if (datagram && most > Ceilings.DATAGRAM_BYTES) {
            throw wrong(
                    "is %,d bytes; a datagram holds %,d at most"
                            .formatted(most, Ceilings.DATAGRAM_BYTES));
        }
        if (datagram && expected instanceof Behavior.Reply reply && reply.bytes().length == 0) {
            throw Problem.invalid(
                    List.of(
                            new Problem.Field(
                                    "/target",
                                    "answers with empty datagrams, which a run does not see")));
        }
        if (aim.framing() instanceof Framing.Fixed && least != most) {
            throw wrong("must have one size, since the framing is fixed");
        }
        if (most > aim.framing().bound() && !(aim.framing() instanceof Framing.Raw)) {
            throw wrong(
                    "is %,d bytes; the framing's maxFrameBytes is %,d"
                            .formatted(most, aim.framing().bound()));
        }
        if (always == null) {
            single(content(new SplittableRandom(seed), least));
            single(content(new SplittableRandom(seed), most));
        }
    }

    private Expected single(byte[] content) {
        Expected message = Expected.of(content, aim.framing(), expected);
        if (message.messages() != 1) {
            throw wrong("must be one message, by its framing it is " + message.messages());
        }
        return message;
    }

    private static Problem wrong(String detail) {
        return Problem.invalid(List.of(new Problem.Field("/payload", detail)));
    }

    private static RunPayload fitting(Framing framing) {
        return new RunPayload.RandomBytes(
                framing instanceof Framing.Fixed fixed ? fixed.length() : DEFAULT_BYTES, null);
    }

    private static long orZero(@Nullable Long seed) {
        return seed == null ? 0 : seed;
    }
}
