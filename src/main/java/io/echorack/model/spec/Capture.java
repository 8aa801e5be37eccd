package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How much of its bytes every event holds.
public record Capture(@Nullable Extent payload, @Nullable Integer headBytes) {
    public static final Capture DEFAULTS = new Capture(null, null);

    private static final int DEFAULT_HEAD_BYTES = 1_024;

    /// All of it (64 KiB an event at most; a frame its head), its head, or nothing.
    public enum Extent {
        FULL,
        HEAD,
        NONE;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Capture {
        new Check().range("/headBytes", headBytes, 0, Ceilings.CAPTURED_BYTES).done();
    }

    /// Bytes of a read, a write or a datagram that its event holds at most.
    public int bytes() {
        return switch (extent()) {
            case FULL -> Ceilings.CAPTURED_BYTES;
            case HEAD -> head();
            case NONE -> 0;
        };
    }

    /// Bytes of a frame that its event holds at most; the rest is in its reads.
    public int frameBytes() {
        return extent() == Extent.NONE ? 0 : head();
    }

    private Extent extent() {
        return payload == null ? Extent.HEAD : payload;
    }

    private int head() {
        return headBytes == null ? DEFAULT_HEAD_BYTES : headBytes;
    }
}
