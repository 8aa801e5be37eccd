package io.echorack.traffic.lanes;

import io.echorack.model.spec.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Looks at bytes as people write them.
final class Bytes {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    /// What usually ends a message, the longer ones before what they hold.
    private static final List<String> ENDS = List.of("\r\n", "\n", "\0", "\r");

    private Bytes() {}

    /// Whether they are printable ASCII, tabs and line ends.
    static boolean areText(byte[] bytes) {
        for (byte one : bytes) {
            boolean printable = one >= FIRST_PRINTABLE && one <= LAST_PRINTABLE;
            if (!printable && one != '\n' && one != '\r' && one != '\t') {
                return false;
            }
        }
        return true;
    }

    /// The usual end of a message that is among them.
    static Optional<String> endIn(byte[] bytes) {
        String text = latin(bytes);
        return ENDS.stream().filter(text::contains).findFirst();
    }

    static int count(byte[] bytes, String wanted) {
        String text = latin(bytes);
        int count = 0;
        for (int at = text.indexOf(wanted);
                at >= 0;
                at = text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    /// `\r\n`, `abc`, `\x02`.
    static String shown(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (byte one : bytes) {
            switch (one) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                case 0 -> shown.append("\\0");
                default ->
                        shown.append(
                                one >= FIRST_PRINTABLE && one <= LAST_PRINTABLE
                                        ? String.valueOf((char) one)
                                        : "\\x%02x".formatted(one));
            }
        }
        return shown.toString();
    }

    static String shown(String text) {
        return shown(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A letter for each byte.
    static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static Payload payload(String end) {
        return end.equals("\0") ? new Payload(Payload.Form.HEX, "00") : Payload.text(end);
    }
}
