package io.echorack.model.spec;

import io.echorack.model.Check;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Bytes as a caller wrote them: text (UTF-8), hex (blanks between digits allowed) or Base64 (RFC 4648 §4).
public record Payload(Form form, String written) {
    /// The three ways to write bytes; the JSON form is the name in lower case.
    public enum Form {
        TEXT,
        HEX,
        BASE64;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Payload {
        new Check()
                .that(decode(form, written) != null, "/" + form.text(), "is not " + expected(form))
                .done();
    }

    public static Payload text(String text) {
        return new Payload(Form.TEXT, text);
    }

    public byte[] bytes() {
        byte[] bytes = decode(form, written);
        return bytes == null ? new byte[0] : bytes;
    }

    private static byte @Nullable [] decode(Form form, String written) {
        try {
            return switch (form) {
                case TEXT -> written.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(written.replaceAll("\\s", ""));
                case BASE64 -> Base64.getDecoder().decode(written);
            };
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static String expected(Form form) {
        return switch (form) {
            case TEXT -> "text";
            case HEX -> "hex: pairs of the digits 0-9 and a-f";
            case BASE64 -> "Base64 with padding (RFC 4648 section 4)";
        };
    }
}
