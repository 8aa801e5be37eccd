package io.echorack.http;

import io.echorack.json.EventsText;
import io.echorack.json.Fields;
import io.echorack.json.ProblemJson;
import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.spec.Payload.Form;
import io.echorack.traffic.Filter;
import io.echorack.traffic.Scribe;
import io.echorack.traffic.TrafficLog;
import io.echorack.traffic.Waiter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// `/api/v1/events/wait`: the answer comes as soon as the events have.
final class WaitRoutes {
    private static final int DEFAULT_MILLIS = 5_000;

    /// What is waited for, as asked for.
    private record Order(
            @Nullable String filter, int count, int withinMs, @Nullable Long afterSeq) {
        Order {
            new Check()
                    .range("/count", count, 1, Ceilings.PAGE_EVENTS)
                    .range("/withinMs", withinMs, 0, Ceilings.WAIT_MILLIS)
                    .range("/afterSeq", afterSeq, 0, Long.MAX_VALUE)
                    .done();
        }
    }

    private final TrafficLog log;
    private final Scribe scribe;
    private final Semaphore waiters = new Semaphore(Ceilings.WAITERS);

    WaitRoutes(TrafficLog log, Scribe scribe) {
        this.log = log;
        this.scribe = scribe;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/events/wait", this::await);
    }

    private void await(Context context) {
        Optional<Form> as = Asked.form(context);
        Order order = Asked.body(context).read(WaitRoutes::order);
        Filter filter = Filter.of(order.filter());
        if (!waiters.tryAcquire()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "%,d wait for events already.".formatted(Ceilings.WAITERS));
        }
        try {
            Waiter.Outcome outcome = outcome(order, filter);
            if (outcome.events().size() >= order.count()) {
                Answers.text(context, enough(outcome, as));
            } else {
                context.status(408)
                        .contentType(ProblemJson.CONTENT_TYPE)
                        .result(tooFew(order, outcome, as));
            }
        } finally {
            waiters.release();
        }
    }

    private Waiter.Outcome outcome(Order order, Filter filter) {
        @Nullable Long after = order.afterSeq();
        if (after == null) {
            scribe.catchUp();
            after = log.latestSeq();
        }
        return new Waiter(log, filter, after, Ceilings.SHOWN_BYTES)
                .await(order.count(), Duration.ofMillis(order.withinMs()));
    }

    private String enough(Waiter.Outcome outcome, Optional<Form> as) {
        EventsText text = new EventsText(Map.of(), as);
        outcome.events().forEach(text::add);
        return text.end(place(outcome));
    }

    private String tooFew(Order order, Waiter.Outcome outcome, Optional<Form> as) {
        Problem problem =
                new Problem(
                        Problem.Code.TIMEOUT,
                        "%,d of %,d events came within %,d ms."
                                .formatted(
                                        outcome.events().size(), order.count(), order.withinMs()));
        EventsText text = new EventsText(ProblemJson.members(problem), as);
        outcome.events().forEach(text::add);
        text.addNearest(outcome.nearest());
        Map<String, Object> tail = place(outcome);
        tail.put("unread", outcome.unread());
        return text.end(tail);
    }

    private Map<String, Object> place(Waiter.Outcome outcome) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("log", log.id());
        place.put("oldestSeq", log.oldestSeq());
        place.put("latestSeq", log.latestSeq());
        place.put("next", outcome.next());
        return place;
    }

    private static Order order(Fields fields) {
        @Nullable Integer count = fields.integer("count");
        @Nullable Integer within = fields.integer("withinMs");
        return new Order(
                fields.text("filter"),
                count == null ? 1 : count,
                within == null ? DEFAULT_MILLIS : within,
                fields.number("afterSeq"));
    }
}
