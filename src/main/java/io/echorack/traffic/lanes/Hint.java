package io.echorack.traffic.lanes;

import io.echorack.model.spec.Framing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A doubt whether a connection's framing is what its client speaks.
///
/// @param offset the byte that gives rise to it
/// @param values what the sentence tells, by name
/// @param suggestion a framing that would go better with what came, where there is one
public record Hint(
        String code,
        String sentence,
        long offset,
        Map<String, Object> values,
        @Nullable Framing suggestion) {

    /// The stable names, to be put in the reader's own language.
    public enum Code {
        LINES_UNDER_RAW("linesUnderRaw"),
        DELIMITER_NOT_SEEN("delimiterNotSeen"),
        PREFIX_IS_TEXT("prefixIsText"),
        LENGTH_BEYOND_BOUND("lengthBeyondBound"),
        LENGTH_BELOW_PREFIX("lengthBelowPrefix"),
        OTHER_BYTE_ORDER("otherByteOrder"),
        NOT_A_MULTIPLE("notAMultiple");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
