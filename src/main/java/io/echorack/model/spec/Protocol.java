package io.echorack.model.spec;

import java.util.Locale;

/// The transport that a server speaks.
public enum Protocol {
    TCP,
    UDP;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
