package io.echorack.model.spec;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Rules made ready: the first that a message meets says what is answered.
///
/// Thread: any.
public final class RuleBook {
    private record Ready(Predicate<byte[]> meets, byte[] reply) {}

    private final List<Ready> rules;
    private final Behavior.Otherwise otherwise;

    public RuleBook(Behavior.Rules rules) {
        this.rules = rules.inOrder().stream().map(RuleBook::ready).toList();
        otherwise = rules.elsewhere();
    }

    /// The reply to that content, or nothing where it meets no rule.
    public Optional<byte[]> replyTo(byte[] content) {
        return rules.stream()
                .filter(rule -> rule.meets().test(content))
                .map(Ready::reply)
                .findFirst();
    }

    public Behavior.Otherwise otherwise() {
        return otherwise;
    }

    private static Ready ready(Rule rule) {
        return new Ready(meets(Objects.requireNonNull(rule.when())), rule.bytes());
    }

    private static Predicate<byte[]> meets(Rule.When when) {
        if (when.equals() != null) {
            byte[] whole = when.equals().bytes();
            return content -> Arrays.equals(content, whole);
        }
        if (when.startsWith() != null) {
            byte[] start = when.startsWith().bytes();
            return content -> isAt(content, 0, start);
        }
        if (when.contains() != null) {
            byte[] part = when.contains().bytes();
            return content -> contains(content, part);
        }
        Pattern pattern = Pattern.compile(Objects.requireNonNull(when.regex()));
        return content -> pattern.matcher(content).find();
    }

    private static boolean contains(byte[] content, byte[] part) {
        for (int from = 0; from + part.length <= content.length; from++) {
            if (isAt(content, from, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] content, int from, byte[] part) {
        int to = from + part.length;
        return to <= content.length && Arrays.equals(content, from, to, part, 0, part.length);
    }
}
