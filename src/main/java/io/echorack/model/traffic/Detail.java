package io.echorack.model.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an event tells beyond its head: a few named words and numbers, kept as bytes.
///
/// ```
/// | name's length | name | 'n' | number (8) |     | name's length | name | 't' | text's length (2) | text |
/// ```
public final class Detail {
    public static final Detail NONE = new Detail(new byte[0]);

    private static final int MOST_TEXT = 1_000;

    private final byte[] bytes;

    private Detail(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Detail of(String name, String text) {
        return NONE.and(name, text);
    }

    public static Detail of(String name, long number) {
        return NONE.and(name, number);
    }

    /// The faults that an event was touched by: the first as `fault`, all of them as `faults` where there are more.
    public static Detail faults(List<String> ids) {
        if (ids.isEmpty()) {
            return NONE;
        }
        Detail first = of("fault", ids.getFirst());
        return ids.size() == 1 ? first : first.and("faults", String.join(" ", ids));
    }

    public Detail and(String name, long number) {
        return new Detail(begin(name, 'n', Long.BYTES).putLong(number).array());
    }

    public Detail and(String name, String text) {
        String bounded = text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
        byte[] utf8 = bounded.getBytes(StandardCharsets.UTF_8);
        return new Detail(
                begin(name, 't', Short.BYTES + utf8.length)
                        .putShort((short) utf8.length)
                        .put(utf8)
                        .array());
    }

    public Detail and(Detail more) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
        System.arraycopy(more.bytes, 0, both, bytes.length, more.bytes.length);
        return new Detail(both);
    }

    public byte[] bytes() {
        return bytes;
    }

    public static Map<String, Object> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Map.of();
        }
        Map<String, Object> told = new LinkedHashMap<>();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            String name = text(from, from.get());
            told.put(
                    name,
                    from.get() == 'n'
                            ? (Object) from.getLong()
                            : text(from, Short.toUnsignedInt(from.getShort())));
        }
        return Collections.unmodifiableMap(told);
    }

    private ByteBuffer begin(String name, char type, int valueBytes) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] grown = Arrays.copyOf(bytes, bytes.length + 1 + utf8.length + 1 + valueBytes);
        return ByteBuffer.wrap(grown)
                .position(bytes.length)
                .put((byte) utf8.length)
                .put(utf8)
                .put((byte) type);
    }

    private static String text(ByteBuffer from, int length) {
        byte[] utf8 = new byte[length];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
