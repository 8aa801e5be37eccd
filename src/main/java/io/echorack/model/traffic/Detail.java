package io.echorack.model.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an event tells beyond its head: a few named words, lists of words and numbers, kept as bytes.
///
/// ```
/// | name's length | name | 'n' | number (8) |     | name's length | name | 't' | text's length (2) | text |
/// | name's length | name | 'l' | count (1) | text's length (2) | text | text's length (2) | text | …
/// ```
public final class Detail {
    public static final Detail NONE = new Detail(new byte[0]);

    private static final int MOST_TEXT = 1_000;
    private static final int MOST_WORDS = 100;

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

    /// A list of short words; those that go beyond the bound of a text are left out.
    public Detail and(String name, List<String> words) {
        ByteBuffer list = ByteBuffer.allocate(1 + MOST_TEXT);
        byte count = 0;
        list.put(count);
        for (String word : words) {
            byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
            if (count == MOST_WORDS || list.remaining() < Short.BYTES + utf8.length) {
                break;
            }
            list.putShort((short) utf8.length).put(utf8);
            count++;
        }
        list.put(0, count).flip();
        return new Detail(begin(name, 'l', list.remaining()).put(list).array());
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
            told.put(name, value(from, from.get()));
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

    private static Object value(ByteBuffer from, byte type) {
        return switch (type) {
            case 'n' -> from.getLong();
            case 'l' -> words(from, from.get());
            default -> text(from, Short.toUnsignedInt(from.getShort()));
        };
    }

    private static List<String> words(ByteBuffer from, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(text(from, Short.toUnsignedInt(from.getShort())));
        }
        return words;
    }

    private static String text(ByteBuffer from, int length) {
        byte[] utf8 = new byte[length];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
