package io.echorack.model.engine;

/// How a connection came to its end.
public enum CloseKind {
    FIN("fin"),
    RST("rst"),
    IDLE_TIMEOUT("idleTimeout"),
    LIMIT("limit"),
    FRAME_TOO_LONG("frameTooLong"),
    /// A length prefix that can't be: it counts itself and is shorter than itself.
    FRAME_INVALID("frameInvalid"),
    /// TLS could not be agreed on, or what came was none.
    TLS_FAILED("tlsFailed"),
    FAULT("fault"),
    STOP("stop");

    private final String text;

    CloseKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
