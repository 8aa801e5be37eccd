package io.echorack.model.spec;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When a message is such, this is the reply.
public record Rule(@Nullable When when, @Nullable Payload reply) {
    public Rule {
        new Check()
                .that(when != null, "/when", "is needed: equals, startsWith, contains or regex")
                .that(reply != null, "/reply", "is needed: the bytes to answer")
                .that(
                        reply == null || reply.bytes().length <= Ceilings.REPLY_BYTES,
                        "/reply",
                        "must be at most %,d bytes".formatted(Ceilings.REPLY_BYTES))
                .done();
    }

    public byte[] bytes() {
        return reply == null ? new byte[0] : reply.bytes();
    }

    /// How a message's content must be; a regular expression is RE2's (github.com/google/re2/wiki/Syntax), found
    /// anywhere, which takes time in proportion to the content and no more.
    public record When(
            @Nullable Payload equals,
            @Nullable Payload startsWith,
            @Nullable Payload contains,
            @Nullable String regex) {
        public When {
            new Check()
                    .that(
                            Stream.of(equals, startsWith, contains, regex)
                                            .filter(given -> given != null)
                                            .count()
                                    == 1,
                            "",
                            "give exactly one of equals, startsWith, contains and regex")
                    .that(
                            contains == null || contains.bytes().length <= Ceilings.REGEX_LENGTH,
                            "/contains",
                            "must be at most %,d bytes".formatted(Ceilings.REGEX_LENGTH))
                    .length("/regex", regex, Ceilings.REGEX_LENGTH)
                    .that(
                            regex == null || isPattern(regex),
                            "/regex",
                            "is not RE2 syntax, or repeats too much")
                    .done();
        }

        private static boolean isPattern(String regex) {
            try {
                return regex.length() > Ceilings.REGEX_LENGTH
                        || (Repetition.of(regex) <= Ceilings.REGEX_SIZE
                                && Pattern.compile(regex) != null);
            } catch (PatternSyntaxException wrong) {
                return false;
            }
        }
    }
}
