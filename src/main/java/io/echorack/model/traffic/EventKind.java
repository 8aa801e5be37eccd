package io.echorack.model.traffic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an event tells; the JSON form is the name in camel case.
public enum EventKind {
    SERVER_STARTED,
    SERVER_STOPPED,
    SERVER_FAILED,
    CONNECTION_OPENED,
    TLS_HANDSHAKE,
    CONNECTION_HALF_CLOSED,
    CONNECTION_CLOSED,
    CONNECTION_REFUSED,
    READ,
    FRAME,
    WRITE,
    DATAGRAM,
    GUARD,
    FAULT,
    LOST;

    private static final List<EventKind> ALL = List.of(values());

    private final String text;

    EventKind() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        text = camel.toString();
    }

    public String text() {
        return text;
    }

    public static EventKind of(int ordinal) {
        return ALL.get(ordinal);
    }

    public static Optional<EventKind> named(String text) {
        return ALL.stream().filter(kind -> kind.text.equals(text)).findFirst();
    }
}
