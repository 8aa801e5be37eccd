package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.echorack.model.spec.Payload.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Writes bytes as text, hex or Base64: the form asked for, else text where they are readable, else hex.
final class PayloadForm {
    private static final int MOST_CONTINUATION = 3;

    private PayloadForm() {}

    /// Writes bytes as an object.
    ///
    /// @param whole whether the bytes are all there are; text that is only a head may end within a character
    static void write(JsonGenerator to, String name, byte[] bytes, Optional<Form> as, boolean whole)
            throws IOException {
        Optional<String> readable = as.isPresent() ? Optional.empty() : readable(bytes, whole);
        to.writeObjectFieldStart(name);
        if (readable.isPresent()) {
            to.writeStringField(Form.TEXT.text(), readable.get());
        } else {
            Form form = as.orElse(Form.HEX);
            to.writeStringField(form.text(), encoded(form, bytes));
        }
        to.writeEndObject();
    }

    private static String encoded(Form form, byte[] bytes) {
        return switch (form) {
            case TEXT -> new String(bytes, StandardCharsets.UTF_8);
            case HEX -> HexFormat.of().formatHex(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
        };
    }

    /// UTF-8 (RFC 3629) with no control characters but tab, CR and LF.
    private static Optional<String> readable(byte[] bytes, boolean whole) {
        int mayBeCut = whole ? 0 : Math.min(MOST_CONTINUATION, bytes.length);
        for (int cut = 0; cut <= mayBeCut; cut++) {
            try {
                String text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                                .toString();
                return text.chars().allMatch(PayloadForm::isReadable)
                        ? Optional.of(text)
                        : Optional.empty();
            } catch (CharacterCodingException cutOrNoText) {
                // One byte less, perhaps.
            }
        }
        return Optional.empty();
    }

    private static boolean isReadable(int letter) {
        return !Character.isISOControl(letter)
                || letter == '\t'
                || letter == '\r'
                || letter == '\n';
    }
}
