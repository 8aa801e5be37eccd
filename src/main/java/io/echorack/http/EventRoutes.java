package io.echorack.http;

import io.echorack.json.EventJson;
import io.echorack.json.EventsText;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.spec.Payload.Form;
import io.echorack.model.traffic.TrafficEvent;
import io.echorack.traffic.Cursor;
import io.echorack.traffic.Filter;
import io.echorack.traffic.Pages;
import io.echorack.traffic.TrafficLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// `/api/v1/events`: the traffic log, by the page, one by one, and whole.
final class EventRoutes {
    private static final String ALL = "/api/v1/events";
    private static final int DEFAULT_LIMIT = 100;

    private final TrafficLog log;
    private final Pages pages;
    private final Semaphore exports = new Semaphore(Ceilings.EXPORTS);

    EventRoutes(TrafficLog log) {
        this.log = log;
        pages = new Pages(log);
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::page);
        routes.delete(ALL, this::forget);
        routes.get(ALL + "/{seq}", this::one);
        routes.get(ALL + ".ndjson", this::lines);
    }

    private void page(Context context) {
        Filter filter = Filter.of(context.queryParam("filter"));
        long before = Asked.number(context, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        int limit = (int) Asked.number(context, "limit", DEFAULT_LIMIT, 1, Ceilings.PAGE_EVENTS);
        boolean backwards = context.queryParam("after") == null && before != Long.MAX_VALUE;
        Pages.Page page =
                backwards
                        ? pages.before(filter, before, limit, Ceilings.SHOWN_BYTES)
                        : pages.after(filter, after(context), before, limit, Ceilings.SHOWN_BYTES);
        Answers.text(context, json(page, Asked.form(context)));
    }

    private String json(Pages.Page page, Optional<Form> as) {
        EventsText text = new EventsText(Map.of(), as);
        page.events().forEach(text::add);
        Map<String, Object> tail = new LinkedHashMap<>();
        tail.put("log", log.id());
        tail.put("oldestSeq", log.oldestSeq());
        tail.put("latestSeq", log.latestSeq());
        tail.put("next", page.next());
        return text.end(tail);
    }

    private void one(Context context) {
        String seq = context.pathParam("seq");
        TrafficEvent event =
                (seq.matches("\\d{1,18}")
                                ? pages.one(Long.parseLong(seq))
                                : Optional.<TrafficEvent>empty())
                        .orElseThrow(() ->
                                Problem.notFound(
                                        "There is no event %s; the log holds %d to %d."
                                                .formatted(seq, log.oldestSeq(), log.latestSeq())));
        Answers.text(context, EventJson.text(event, Asked.form(context)));
    }

    private void forget(Context context) {
        log.forget();
        context.status(204);
    }

    /// One event a line, from the oldest on to what was the latest at the start. It is read a step at a time and holds
    /// nothing back: an export that the log overtook says so in a last line.
    private void lines(Context context) throws IOException {
        if (!exports.tryAcquire()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "%,d exports are under way already.".formatted(Ceilings.EXPORTS));
        }
        try {
            export(context);
        } finally {
            exports.release();
        }
    }

    private void export(Context context) throws IOException {
        Filter filter = Filter.of(context.queryParam("filter"));
        Optional<Form> as = Asked.form(context);
        Cursor cursor = new Cursor(log, Math.max(after(context), log.oldestSeq() - 1));
        long last = log.latestSeq();
        long unread = 0;
        context.contentType("application/x-ndjson")
                .header("Content-Disposition", "attachment; filename=\"echorack-events.ndjson\"");
        OutputStream to = context.outputStream();
        while (cursor.position() < last) {
            StringBuilder lines = new StringBuilder();
            Cursor.Reach reach =
                    Cursor.Reach.everything(Integer.MAX_VALUE)
                            .upToBytes(Ceilings.EXPORT_STEP_BYTES);
            Cursor.Step step =
                    cursor.step(
                            filter,
                            reach,
                            last,
                            event -> lines.append(EventJson.text(event, as)).append('\n'));
            unread += step.unread();
            to.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (unread > 0) {
            to.write(
                    "{\"overtaken\":true,\"unread\":%d}\n"
                            .formatted(unread)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long after(Context context) {
        return Asked.number(context, "after", 0, 0, Long.MAX_VALUE);
    }
}
