package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import org.jspecify.annotations.Nullable;

/// What a fault does to the messages that it strikes; what is null is left to its default.
public sealed interface Effect {
    /// Comes later, on tcp with all that is behind it.
    record Delay(
            @Nullable Integer delayMs, @Nullable Integer jitterMs, @Nullable Shape distribution)
            implements Effect {
        public Delay {
            new Check()
                    .that(
                            delayMs != null || jitterMs != null,
                            "/delayMs",
                            "is needed: milliseconds")
                    .range("/delayMs", delayMs, 0, Ceilings.FAULT_MILLIS)
                    .range("/jitterMs", jitterMs, 0, Ceilings.FAULT_MILLIS)
                    .done();
        }

        public int millis() {
            return or(delayMs, 0);
        }

        public int jitterMillis() {
            return or(jitterMs, 0);
        }

        public Shape shape() {
            return distribution == null ? Shape.UNIFORM : distribution;
        }
    }

    /// How delays spread: evenly within the jitter to both sides, or so that the jitter is their standard deviation. The
    /// JSON form is the name in lower case.
    enum Shape {
        UNIFORM,
        NORMAL,
        LOGNORMAL
    }

    /// Never comes.
    record Drop() implements Effect {}

    /// Comes again, so many times more.
    record Duplicate(@Nullable Integer copies) implements Effect {
        public Duplicate {
            new Check().range("/copies", copies, 1, Ceilings.FAULT_MESSAGES).done();
        }

        public int times() {
            return or(copies, 1);
        }
    }

    /// Comes so many places later, overtaken by those behind it.
    record Reorder(@Nullable Integer distance) implements Effect {
        public Reorder {
            new Check().range("/distance", distance, 1, Ceilings.FAULT_MESSAGES).done();
        }

        public int places() {
            return or(distance, 1);
        }
    }

    /// Comes with so many bits of its content flipped.
    record Corrupt(@Nullable Integer bits) implements Effect {
        public Corrupt {
            new Check().range("/bits", bits, 1, Ceilings.FAULT_BITS).done();
        }

        public int count() {
            return or(bits, 1);
        }
    }

    /// Comes with no more than so many bytes of its content.
    record Truncate(@Nullable Integer toBytes) implements Effect {
        public Truncate {
            needed(toBytes, "/toBytes").range("/toBytes", toBytes, 0, Ceilings.FRAME_BYTES).done();
        }

        public int bytes() {
            return or(toBytes, 0);
        }
    }

    /// Goes no faster than that.
    record Bandwidth(@Nullable Integer bytesPerSecond) implements Effect {
        public Bandwidth {
            needed(bytesPerSecond, "/bytesPerSecond")
                    .range("/bytesPerSecond", bytesPerSecond, 1, Integer.MAX_VALUE)
                    .done();
        }

        public int rate() {
            return or(bytesPerSecond, 1);
        }
    }

    /// Goes in pieces, with a pause between them.
    record Slice(@Nullable Integer sliceBytes, @Nullable Integer delayMs) implements Effect {
        public Slice {
            needed(sliceBytes, "/sliceBytes")
                    .range("/sliceBytes", sliceBytes, 1, Ceilings.FRAME_BYTES)
                    .range("/delayMs", delayMs, 0, Ceilings.FAULT_MILLIS)
                    .done();
        }

        public int bytes() {
            return or(sliceBytes, 1);
        }

        public int millis() {
            return or(delayMs, 0);
        }
    }

    /// Waits until there are so many, which then go together.
    record Coalesce(@Nullable Integer messages) implements Effect {
        public Coalesce {
            new Check().range("/messages", messages, 2, Ceilings.FAULT_MESSAGES).done();
        }

        public int count() {
            return or(messages, 2);
        }
    }

    /// After so many bytes there is nothing more but FIN.
    record LimitBytes(@Nullable Long bytes) implements Effect {
        public LimitBytes {
            needed(bytes, "/bytes").range("/bytes", bytes, 0, Long.MAX_VALUE).done();
        }

        public long most() {
            return bytes == null ? 0 : bytes;
        }
    }

    /// From the first that it strikes nothing comes through any more.
    record Blackhole() implements Effect {}

    /// After so many bytes there is RST, in the middle of a message if need be.
    record Reset(@Nullable Long afterBytes) implements Effect {
        public Reset {
            new Check().range("/afterBytes", afterBytes, 0, Long.MAX_VALUE).done();
        }

        public long after() {
            return afterBytes == null ? 0 : afterBytes;
        }
    }

    /// Our FIN comes so much later than it would.
    record SlowClose(@Nullable Integer delayMs) implements Effect {
        public SlowClose {
            needed(delayMs, "/delayMs").range("/delayMs", delayMs, 0, Ceilings.FAULT_MILLIS).done();
        }

        public int millis() {
            return or(delayMs, 0);
        }
    }

    /// New connections wait in the backlog.
    record PauseAccept() implements Effect {}

    /// Nothing is read, so the client's window closes, or the socket's buffer overflows.
    record PauseRead() implements Effect {}

    /// Whether it makes sense without a stream and connections.
    default boolean worksOnDatagrams() {
        return switch (this) {
            case Delay _, Drop _, Duplicate _, Reorder _, Corrupt _, Truncate _ -> true;
            case Bandwidth _, Blackhole _, PauseRead _ -> true;
            case Slice _, Coalesce _, LimitBytes _, Reset _, SlowClose _, PauseAccept _ -> false;
        };
    }

    /// Whether it strikes messages; the others strike a connection or the whole server.
    default boolean strikesMessages() {
        return switch (this) {
            case SlowClose _, PauseAccept _, PauseRead _ -> false;
            case Delay _, Drop _, Duplicate _, Reorder _, Corrupt _, Truncate _ -> true;
            case Bandwidth _, Slice _, Coalesce _, LimitBytes _, Blackhole _, Reset _ -> true;
        };
    }

    /// Whether a thread that answers one message after the other can bring it about.
    default boolean worksBlocking() {
        return switch (this) {
            case Reorder _, Coalesce _ -> false;
            case Delay _, Drop _, Duplicate _, Corrupt _, Truncate _, Bandwidth _ -> true;
            case Slice _, LimitBytes _, Blackhole _, Reset _, SlowClose _ -> true;
            case PauseAccept _, PauseRead _ -> true;
        };
    }

    /// The name of its type.
    default String type() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Check needed(@Nullable Object value, String pointer) {
        return new Check().that(value != null, pointer, "is needed");
    }

    private static int or(@Nullable Integer asked, int otherwise) {
        return asked == null ? otherwise : asked;
    }
}
