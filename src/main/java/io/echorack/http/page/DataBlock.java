package io.echorack.http.page;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// JSON that may stand in a `<script type="application/json">`: nothing in it can end the element.
final class DataBlock {
    private DataBlock() {}

    static String of(Map<String, String> texts) {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(text -> quoted(text.getKey()) + ':' + quoted(text.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /// The same JSON with no character that HTML or an old JavaScript would take for something else.
    /// Outside strings these don't occur in JSON, so each becomes its escape.
    static String safe(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(quoted, text.charAt(i));
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, char character) {
        if (character < ' ') {
            quoted.append("\\u%04x".formatted((int) character));
        } else if (character == '"' || character == '\\') {
            quoted.append('\\').append(character);
        } else {
            quoted.append(character);
        }
    }
}
