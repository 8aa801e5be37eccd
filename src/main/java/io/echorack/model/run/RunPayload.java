package io.echorack.model.run;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.spec.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the messages of a run hold, before framing goes around it.
public sealed interface RunPayload {
    /// The same bytes in each.
    record Given(Payload payload) implements RunPayload {
        public Given {
            int length = payload.bytes().length;
            new Check()
                    .that(length > 0, "/" + payload.form().text(), "must not be empty")
                    .that(
                            length <= Ceilings.RUN_MESSAGE_BYTES,
                            "/" + payload.form().text(),
                            "must be at most %,d bytes".formatted(Ceilings.RUN_MESSAGE_BYTES))
                    .done();
        }
    }

    /// So many random bytes, others in each message; the same seed gives the same ones.
    record RandomBytes(int randomBytes, @Nullable Long seed) implements RunPayload {
        public RandomBytes {
            new Check().range("/randomBytes", randomBytes, 1, Ceilings.RUN_MESSAGE_BYTES).done();
        }
    }

    /// Random bytes, as many as a random number from the first to the second.
    record SizeBytes(List<Integer> sizeBytes, @Nullable Long seed) implements RunPayload {
        public SizeBytes {
            sizeBytes = List.copyOf(sizeBytes);
            new Check()
                    .that(
                            sizeBytes.size() == 2
                                    && sizeBytes.getFirst() >= 1
                                    && sizeBytes.getFirst() <= sizeBytes.getLast()
                                    && sizeBytes.getLast() <= Ceilings.RUN_MESSAGE_BYTES,
                            "/sizeBytes",
                            "must be the least and the most, from 1 to %,d"
                                    .formatted(Ceilings.RUN_MESSAGE_BYTES))
                    .done();
        }
    }
}
