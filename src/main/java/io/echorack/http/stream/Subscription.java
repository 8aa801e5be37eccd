package io.echorack.http.stream;

import io.echorack.json.Body;
import io.echorack.json.Fields;
import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.traffic.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a viewer says.
sealed interface Subscription {
    /// Which events it wants, from where on, and how many a second.
    record Subscribe(Filter filter, @Nullable Long afterSeq, int maxPerSecond)
            implements Subscription {
        private static final int DEFAULT_PER_SECOND = 2_000;

        public Subscribe {
            new Check()
                    .range("/maxPerSecond", maxPerSecond, 1, Ceilings.VIEWER_EVENTS_PER_SECOND)
                    .range("/afterSeq", afterSeq, 0, Long.MAX_VALUE)
                    .done();
        }
    }

    /// No events for now.
    record Pause() implements Subscription {}

    /// Events again, from there on.
    record Resume(@Nullable Long afterSeq) implements Subscription {
        public Resume {
            new Check().range("/afterSeq", afterSeq, 0, Long.MAX_VALUE).done();
        }
    }

    static Subscription of(Body message) {
        return message.read(Subscription::read);
    }

    private static Subscription read(Fields fields) {
        Kind kind =
                fields.choice(
                        "type",
                        Map.of(
                                "subscribe",
                                Kind.SUBSCRIBE,
                                "pause",
                                Kind.PAUSE,
                                "resume",
                                Kind.RESUME));
        return switch (kind) {
            case SUBSCRIBE -> {
                @Nullable Integer perSecond = fields.integer("maxPerSecond");
                yield new Subscribe(
                        Filter.of(fields.text("filter")),
                        fields.number("afterSeq"),
                        perSecond == null ? Subscribe.DEFAULT_PER_SECOND : perSecond);
            }
            case PAUSE -> new Pause();
            case RESUME -> new Resume(fields.number("afterSeq"));
            case null ->
                    throw Problem.invalid(
                            List.of(
                                    new Problem.Field(
                                            "/type", "must be subscribe, pause or resume")));
        };
    }

    /// The three words.
    enum Kind {
        SUBSCRIBE,
        PAUSE,
        RESUME
    }
}
