package io.echorack.model.engine;

import java.util.Locale;

/// Where a server is in its life.
///
/// ```
/// STOPPED ─► STARTING ─► RUNNING ─► STOPPING ─► STOPPED
///                └─► FAILED ─► STARTING
/// ```
public enum ServerState {
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING,
    FAILED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
