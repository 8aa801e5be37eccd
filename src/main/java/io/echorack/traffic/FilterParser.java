package io.echorack.traffic;

import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import java.util.ArrayList;
import java.util.List;

/// Reads the filter language, by descent.
///
/// ```
/// either := all ("or" all)*
/// all    := one one*
/// one    := "not" one | "(" either ")" | term
/// term   := name ":" value | "len" ("<" | "<=" | "=" | ">=" | ">") number
/// ```
final class FilterParser {
    private final String text;
    private int at;
    private int depth;

    FilterParser(String text) {
        if (text.length() > Ceilings.FILTER_LENGTH) {
            throw Problem.filter(
                    "A filter has at most %,d characters".formatted(Ceilings.FILTER_LENGTH),
                    Ceilings.FILTER_LENGTH);
        }
        this.text = text;
    }

    Filter parse() {
        Filter filter = either();
        if (at < text.length()) {
            throw Problem.filter("There is no parenthesis for this one to close", at);
        }
        return filter;
    }

    private Filter either() {
        List<Filter> terms = new ArrayList<>();
        terms.add(all());
        while (takeWord("or")) {
            terms.add(all());
        }
        return terms.size() == 1 ? terms.getFirst() : new Filter.Or(terms);
    }

    private Filter all() {
        List<Filter> terms = new ArrayList<>();
        List<String> written = new ArrayList<>();
        do {
            atEnd();
            int start = at;
            terms.add(one());
            written.add(text.substring(start, at));
        } while (!atEnd() && text.charAt(at) != ')' && !isWord("or"));
        return terms.size() == 1 ? terms.getFirst() : new Filter.And(terms, written);
    }

    private Filter one() {
        if (atEnd()) {
            throw Problem.filter("A term is missing, such as kind:frame", text.length());
        }
        if (++depth > Ceilings.FILTER_DEPTH) {
            throw Problem.filter(
                    "Too deep: at most %d inside each other".formatted(Ceilings.FILTER_DEPTH), at);
        }
        try {
            if (takeWord("not")) {
                return new Filter.Not(one());
            }
            return text.charAt(at) == '(' ? parenthesis() : term();
        } finally {
            depth--;
        }
    }

    private Filter parenthesis() {
        int opened = at++;
        Filter inside = either();
        if (atEnd()) {
            throw Problem.filter("This parenthesis is not closed", opened);
        }
        at++;
        return inside;
    }

    private Filter term() {
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.equals("len")) {
            return new Filter.Length(comparison(), number());
        }
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != ':') {
            throw Problem.filter(
                    "A term is a name, a colon and a value, such as kind:frame; a value with blanks stands in"
                            + " quotes, such as text:\"hello there\"",
                    start);
        }
        at++;
        return named(name, start);
    }

    private Filter named(String name, int start) {
        int valueStart = at;
        String value = value();
        return switch (name) {
            case "server" -> new Filter.OfServer(FilterValues.utf8(value));
            case "kind" -> new Filter.OfKind(FilterValues.kind(value, valueStart));
            case "dir" -> new Filter.Going(FilterValues.direction(value, valueStart));
            case "conn" -> new Filter.OfConnection(FilterValues.connection(value, valueStart));
            case "text" -> new Filter.Holds(new Needle(FilterValues.utf8(value)));
            case "hex" -> new Filter.Holds(new Needle(FilterValues.hex(value, valueStart)));
            case "peer" -> FilterValues.peer(value, valueStart);
            case "fault" -> new Filter.TouchedBy(value);
            default ->
                    throw wrong(
                            "There is no term \""
                                    + name
                                    + "\"; there are server, kind, dir, len, text, hex, peer, conn and fault",
                            start);
        };
    }

    private Filter.Comparison comparison() {
        for (Operator operator : Operator.values()) {
            if (text.startsWith(operator.sign, at)) {
                at += operator.sign.length();
                return operator.comparison;
            }
        }
        throw wrong("len wants a comparison: len>100, len<=20 or len:6", at);
    }

    private int number() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException none) {
            throw wrong("A number of bytes is missing", start);
        }
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && text.charAt(at) != ')') {
            at++;
        }
        if (start == at) {
            throw wrong("A value is missing", start);
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int opened = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char letter = text.charAt(at++);
            value.append(
                    letter == '\\' && at < text.length() ? escaped(text.charAt(at++)) : letter);
        }
        if (at >= text.length()) {
            throw wrong("This quote is not closed", opened);
        }
        at++;
        return value.toString();
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    private boolean takeWord(String word) {
        boolean here = isWord(word);
        if (here) {
            at += word.length();
        }
        return here;
    }

    private boolean isWord(String word) {
        if (atEnd() || !text.startsWith(word, at)) {
            return false;
        }
        int after = at + word.length();
        return after == text.length()
                || Character.isWhitespace(text.charAt(after))
                || text.charAt(after) == '(';
    }

    private boolean atEnd() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    private static Problem wrong(String sentence, int place) {
        return Problem.filter(sentence, place);
    }

    /// The longer signs first, so that none is taken for its beginning.
    private enum Operator {
        AT_MOST("<=", Filter.Comparison.AT_MOST),
        AT_LEAST(">=", Filter.Comparison.AT_LEAST),
        LESS("<", Filter.Comparison.LESS),
        MORE(">", Filter.Comparison.MORE),
        EQUAL("=", Filter.Comparison.EQUAL),
        COLON(":", Filter.Comparison.EQUAL);

        private final String sign;
        private final Filter.Comparison comparison;

        Operator(String sign, Filter.Comparison comparison) {
            this.sign = sign;
            this.comparison = comparison;
        }
    }
}
