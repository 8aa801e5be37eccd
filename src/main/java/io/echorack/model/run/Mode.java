package io.echorack.model.run;

/// How a run paces its messages.
public enum Mode {
    /// Closed loop: the next message goes out when an answer has come, or is given up.
    PING_PONG("pingPong");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
