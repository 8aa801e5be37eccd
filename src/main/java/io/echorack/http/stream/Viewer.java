package io.echorack.http.stream;

import io.echorack.json.EventsText;
import io.echorack.json.Json;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.traffic.Cursor;
import io.echorack.traffic.Cursor.Reach;
import io.echorack.traffic.Cursor.Step;
import io.echorack.traffic.Filter;
import io.echorack.traffic.TrafficLog;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One viewer of the stream: a cursor into the log and what it knows of the servers. It sends a frame, and nothing more
/// before that one is through; what happens meanwhile waits for nobody and is counted.
///
/// Thread: a virtual one of its own; only `say` is called by another.
final class Viewer implements Runnable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int COMMANDS = 16;
    private static final Map<String, String> EVENTS = Map.of("type", "events");

    private final BlockingQueue<Subscription> commands = new ArrayBlockingQueue<>(COMMANDS);
    private final Line line;
    private final TrafficLog log;
    private final RackNews news;
    private final StatsNews stats;
    private final Watching watching;
    private @Nullable Cursor cursor;
    private Filter filter = Filter.ALL;
    private boolean paused;
    private int maxPerSecond;
    private double allowance;
    private long lastRefill = System.nanoTime();
    private long lastFrame = lastRefill;
    private @Nullable Step unsent;

    Viewer(Line line, TrafficLog log, RackNews news, StatsNews stats, Watching watching) {
        this.line = line;
        this.log = log;
        this.news = news;
        this.stats = stats;
        this.watching = watching;
    }

    /// Takes a word from the viewer; false where too many wait.
    boolean say(Subscription word) {
        return commands.offer(word);
    }

    @Override
    public void run() {
        try {
            line.send(hello());
            line.send(news.snapshot(log.latestSeq()));
            long nextTick = System.nanoTime() + TICK_NANOS;
            long nextSecond = System.nanoTime() + SECOND_NANOS;
            while (line.isOpen()) {
                @Nullable Subscription word =
                        commands.poll(nextTick - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (word != null) {
                    take(word);
                    continue;
                }
                long begun = System.nanoTime();
                nextTick = begun + TICK_NANOS;
                for (String change : news.changes()) {
                    line.send(change);
                }
                sendEvents();
                if (begun >= nextSecond) {
                    nextSecond = begun + SECOND_NANOS;
                    line.send(stats.json());
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            line.drop();
        }
    }

    private void take(Subscription word) {
        switch (word) {
            case Subscription.Subscribe subscribe -> {
                filter = subscribe.filter();
                maxPerSecond = subscribe.maxPerSecond();
                allowance = maxPerSecond;
                beginAfter(subscribe.afterSeq() == null ? log.latestSeq() : subscribe.afterSeq());
            }
            case Subscription.Pause _ -> paused = true;
            case Subscription.Resume resume -> {
                paused = false;
                if (resume.afterSeq() != null && cursor != null) {
                    beginAfter(resume.afterSeq());
                }
            }
        }
    }

    private void beginAfter(long seq) {
        cursor = new Cursor(log, Math.min(seq, log.latestSeq()));
        unsent = null;
        paused = false;
    }

    /// Reads on from the cursor and sends what matches; a stretch without matches is sent once a second, so that the
    /// viewer's books stay whole without a frame for nothing.
    private void sendEvents() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        boolean nothingNew = cursor == null || cursor.position() >= log.latestSeq();
        boolean nothingDue = unsent == null || begun - lastFrame < SECOND_NANOS;
        if (cursor == null || paused || (nothingNew && nothingDue)) {
            return;
        }
        refill(begun);
        EventsText text = new EventsText(EVENTS, Optional.empty());
        Step step = cursor.step(filter, reach(), Long.MAX_VALUE, text::add);
        allowance -= step.taken();
        if (step.moved()) {
            unsent = unsent == null ? step : unsent.and(step);
        }
        @Nullable Step due = unsent;
        if (due != null && isWorthAFrame(due, begun)) {
            unsent = null;
            lastFrame = begun;
            watching.skipped.add(due.skipped());
            watching.unread.add(due.unread());
            String frame = text.end(books(due));
            watching.busyNanos.add(System.nanoTime() - begun);
            line.send(frame);
        } else {
            watching.busyNanos.add(System.nanoTime() - begun);
        }
    }

    private static Map<String, Long> books(Step step) {
        Map<String, Long> books = new LinkedHashMap<>();
        books.put("skipped", step.skipped());
        books.put("unread", step.unread());
        books.put("fromSeq", step.from());
        books.put("toSeq", step.to());
        return books;
    }

    private boolean isWorthAFrame(Step step, long now) {
        return step.taken() + step.skipped() + step.unread() > 0 || now - lastFrame >= SECOND_NANOS;
    }

    private Reach reach() {
        return new Reach(
                Ceilings.VIEWER_BEHIND_EVENTS,
                Ceilings.VIEWER_LOOKS_PER_TICK,
                Ceilings.VIEWER_FRAME_EVENTS,
                (long) allowance,
                Ceilings.SHOWN_BYTES,
                Long.MAX_VALUE);
    }

    private void refill(long now) {
        double fresh = (double) (now - lastRefill) / SECOND_NANOS * maxPerSecond;
        allowance = Math.min(maxPerSecond, allowance + fresh);
        lastRefill = now;
    }

    private String hello() {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("type", "hello");
        hello.put("log", log.id());
        hello.put("oldestSeq", log.oldestSeq());
        hello.put("latestSeq", log.latestSeq());
        hello.put("serverTime", Instant.now());
        return Json.write(hello);
    }

    /// What a word that can't be understood is answered with.
    static String error(Problem problem) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", "error");
        error.put("code", problem.code().text());
        error.put("detail", problem.sentence());
        error.put("errors", problem.fields());
        problem.place().ifPresent(place -> error.put("position", place));
        return Json.write(error);
    }
}
