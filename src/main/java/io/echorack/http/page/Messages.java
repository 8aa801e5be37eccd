package io.echorack.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The texts of the page in one language, by key.
public record Messages(Map<String, String> texts) {
    private static final Map<Language, Messages> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, read(language));
        }
    }

    public Messages {
        texts = Map.copyOf(texts);
    }

    public static Messages in(Language language) {
        return ALL.getOrDefault(language, new Messages(Map.of()));
    }

    /// The text of a key. One that is not there is a mistake of ours.
    public String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no text for " + key);
        }
        return text;
    }

    private static Messages read(Language language) {
        String bundle = "/io/echorack/messages/messages_%s.properties".formatted(language.tag());
        Map<String, String> texts = new TreeMap<>();
        Properties properties = new Properties();
        try (InputStream bytes = Messages.class.getResourceAsStream(bundle)) {
            if (bytes == null) {
                throw new IllegalStateException("no bundle " + bundle);
            }
            Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8);
            properties.load(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException("can't read " + bundle, broken);
        }
        properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return new Messages(texts);
    }
}
