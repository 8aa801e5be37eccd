package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import org.jspecify.annotations.Nullable;

/// What a server answers to a message. It works on the content; what frames it goes back as it came.
public sealed interface Behavior {
    /// The bytes of each message back, framing and all (RFC 862).
    record Echo() implements Behavior {}

    /// ASCII letters in upper case, the rest as it is.
    record Uppercase() implements Behavior {}

    /// No answer at all (RFC 863).
    record Discard() implements Behavior {}

    /// Always the same bytes, sent exactly as given.
    record Reply(@Nullable Payload payload) implements Behavior {
        public Reply {
            new Check()
                    .that(payload != null, "/payload", "is needed: the bytes to answer")
                    .that(
                            payload == null || payload.bytes().length <= Ceilings.REPLY_BYTES,
                            "/payload",
                            "must be at most %,d bytes".formatted(Ceilings.REPLY_BYTES))
                    .done();
        }

        public byte[] bytes() {
            return payload == null ? new byte[0] : payload.bytes();
        }
    }
}
