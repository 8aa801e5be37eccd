package io.echorack.model;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// What a caller did wrong or asked of a state that can't give it; it becomes problem+json (RFC 9457) in one place.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The stable codes; the JSON form is the name in lower case.
    public enum Code {
        BAD_REQUEST,
        INVALID_JSON,
        BAD_FILTER,
        NOT_FOUND,
        NAME_TAKEN,
        PORT_IN_USE,
        PORT_FORBIDDEN,
        ADDRESS_UNAVAILABLE,
        NOT_RUNNING,
        RESTART_REFUSED,
        NOT_CAPTURED,
        INVALID_FIELD,
        PAYLOAD_TOO_LARGE,
        METHOD_NOT_ALLOWED,
        TIMEOUT,
        UNSUPPORTED_MEDIA_TYPE,
        TARGET_NOT_ALLOWED,
        LIMIT_REACHED,
        UNAUTHORIZED,
        FORBIDDEN_ORIGIN,
        INTERNAL;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One wrong field: a JSON pointer (RFC 6901) into the body, or the name of a query parameter, and what is wrong.
    public record Field(String pointer, String detail) {}

    private final Code code;
    private final transient List<Field> fields;
    private transient OptionalInt place = OptionalInt.empty();

    public Problem(Code code, String sentence) {
        this(code, sentence, List.of());
    }

    public Problem(Code code, String sentence, List<Field> fields) {
        super(sentence);
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    /// All the wrong fields of one body or query.
    public static Problem invalid(List<Field> fields) {
        String count = fields.size() == 1 ? "One field is" : fields.size() + " fields are";
        Field first = fields.getFirst();
        String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        return new Problem(
                Code.INVALID_FIELD, count + " not right. " + where + first.detail(), fields);
    }

    /// A filter that can't be read.
    ///
    /// @param place the character, counted from 0, at which it stops making sense
    public static Problem filter(String sentence, int place) {
        Problem problem =
                new Problem(
                        Code.BAD_FILTER,
                        sentence + " (at character " + (place + 1) + ")",
                        List.of(new Field("/filter", sentence)));
        problem.place = OptionalInt.of(place);
        return problem;
    }

    public static Problem notFound(String what) {
        return new Problem(Code.NOT_FOUND, what);
    }

    public Code code() {
        return code;
    }

    public List<Field> fields() {
        return fields;
    }

    /// Where in a filter it went wrong.
    public OptionalInt place() {
        return place;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
