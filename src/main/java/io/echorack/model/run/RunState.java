package io.echorack.model.run;

import java.util.Locale;

/// Where a run stands; the JSON form is the name in lower case.
///
/// ```
/// pending → running → stopping → completed | failed | aborted
/// ```
public enum RunState {
    /// Asked for, nothing sent.
    PENDING,
    RUNNING,
    /// Nothing more goes out; answers may still come.
    STOPPING,
    /// All was sent, and each message was answered or given up.
    COMPLETED,
    /// It could not go on; its figures are what it got until then.
    FAILED,
    /// Ended by hand, or with the program.
    ABORTED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean ended() {
        return switch (this) {
            case PENDING, RUNNING, STOPPING -> false;
            case COMPLETED, FAILED, ABORTED -> true;
        };
    }
}
