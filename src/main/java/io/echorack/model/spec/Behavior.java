package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server says. It works on a message's content; what frames the message goes back as it came, with the length
/// made right.
public sealed interface Behavior {
    /// The bytes of each message back, framing and all (RFC 862).
    record Echo() implements Behavior {}

    /// ASCII letters in upper case, the rest as it is.
    record Uppercase() implements Behavior {}

    /// The content's bytes from the last to the first.
    record Reverse() implements Behavior {}

    /// No answer at all (RFC 863).
    record Discard() implements Behavior {}

    /// Lines of characters without end; over UDP 0 to 512 of them for each datagram (RFC 864).
    record Chargen() implements Behavior {}

    /// The date and the time as text, then the end (RFC 867).
    record Daytime() implements Behavior {}

    /// The seconds since 1900 in 32 bits, then the end (RFC 868).
    record Time() implements Behavior {}

    /// The quote of the day, then the end (RFC 865).
    record Qotd() implements Behavior {}

    /// Always the same bytes, sent exactly as given.
    record Reply(@Nullable Payload payload) implements Behavior {
        public Reply {
            new Check()
                    .that(payload != null, "/payload", "is needed: the bytes to answer")
                    .that(
                            payload == null || payload.bytes().length <= Ceilings.REPLY_BYTES,
                            "/payload",
                            "must be at most %,d bytes".formatted(Ceilings.REPLY_BYTES))
                    .done();
        }

        public byte[] bytes() {
            return payload == null ? new byte[0] : payload.bytes();
        }
    }

    /// The reply of the first rule that a message meets, sent exactly as given.
    record Rules(@Nullable List<Rule> rules, @Nullable Otherwise otherwise) implements Behavior {
        public Rules {
            rules = rules == null ? null : List.copyOf(rules);
            new Check()
                    .that(
                            rules != null && !rules.isEmpty() && rules.size() <= Ceilings.RULES,
                            "/rules",
                            "is needed: a list of 1 to %,d rules".formatted(Ceilings.RULES))
                    .done();
        }

        public List<Rule> inOrder() {
            return rules == null ? List.of() : rules;
        }

        int longestReply() {
            return inOrder().stream().mapToInt(rule -> rule.bytes().length).max().orElse(0);
        }

        /// What becomes of a message that meets no rule; an echo unless said.
        public Otherwise elsewhere() {
            return otherwise == null ? Otherwise.ECHO : otherwise;
        }
    }

    /// A line of JSON that says what the server saw of the message.
    record Info() implements Behavior {}

    /// The datagram back with the server's counts and times in it (Broadband Forum TR-143, UDPEchoPlus).
    record EchoPlus() implements Behavior {}

    /// Speaks first, and then behaves in another way.
    record Greeting(Payload banner, Behavior then) implements Behavior {
        public Greeting {
            new Check()
                    .that(
                            banner.bytes().length <= Ceilings.REPLY_BYTES,
                            "/banner",
                            "must be at most %,d bytes".formatted(Ceilings.REPLY_BYTES))
                    .done();
        }
    }

    /// What rules do with a message that meets none; the JSON form is the name in lower case.
    enum Otherwise {
        ECHO,
        DISCARD,
        CLOSE
    }

    /// Whether the answer to a message follows from the message alone.
    default boolean foretells() {
        return switch (this) {
            case Echo _, Uppercase _, Reverse _, Discard _, Reply _, Rules _ -> true;
            case Chargen _, Daytime _, Time _, Qotd _, Info _, EchoPlus _ -> false;
            case Greeting greeting -> greeting.then().foretells();
        };
    }

    /// What is said first.
    default byte[] opening() {
        return this instanceof Greeting greeting ? greeting.banner().bytes() : new byte[0];
    }

    /// The behavior without what it says first.
    default Behavior core() {
        return this instanceof Greeting greeting ? greeting.then() : this;
    }
}
