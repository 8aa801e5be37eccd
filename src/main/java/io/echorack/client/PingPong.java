package io.echorack.client;

import io.echorack.model.Ceilings;
import io.echorack.model.run.Aim;
import io.echorack.model.run.RunReport;
import io.echorack.model.run.RunSpec;
import io.echorack.model.run.RunState;
import io.echorack.model.spec.Protocol;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.echorack.wire.tls.ClientTls;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run in a closed loop: a connection sends its next message when an answer has come or is given up.
///
/// ```
/// begin → connections come up one after the other, each sends at once
///       → claim … answer, time-out … until the count or the time is used up
///       → a moment for stragglers → the end
/// ```
///
/// Thread: one loop for the run with all its connections; reports are handed out once a second and at the end.
final class PingPong {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A run ends then, whatever is left to send.
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(Ceilings.RUN_MILLIS);

    private final EventLoop loop;
    private final Dialer dialer;
    private final Aim aim;
    private final Messages messages;
    private final RunPlan plan;
    private final Figures figures;
    private final List<Caller> callers = new ArrayList<>();
    private final Instant startedAt = Instant.now();
    private final long begun = System.nanoTime();
    private Consumer<RunReport> reader = _ -> {};
    private RunState state = RunState.PENDING;
    private @Nullable Failure firstFailure;
    private @Nullable String reason;
    private @Nullable Instant endedAt;
    private @Nullable ScheduledFuture<?> ticks;
    private long endedNanos;
    private long nextSecond = begun + SECOND_NANOS;
    private long claimed;

    /// Throws a `Problem` where the payload does not fit.
    PingPong(EventLoop loop, Transport transport, Sockets sockets, RunSpec spec, Aim aim) {
        this.loop = loop;
        this.aim = aim;
        plan = RunPlan.of(spec);
        dialer = new Dialer(loop, transport, sockets, aim, ClientTls.of(aim), plan);
        messages = new Messages(aim, spec.payload(), spec.verify());
        messages.check(plan);
        boolean whole = aim.protocol() == Protocol.UDP || messages.framed();
        figures = new Figures(messages.distinct(), whole);
    }

    /// @param readBy takes each report, on the loop; it must not block
    void begin(Consumer<RunReport> readBy) {
        loop.execute(() -> {
            reader = readBy;
            if (state.ended()) {
                reader.accept(report());
                return;
            }
            state = RunState.RUNNING;
            long tick = plan.tickMillis();
            ticks = loop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
            reader.accept(report());
            connectNext();
        });
    }

    /// Nothing more goes out; the end follows at once, or when the last answers have had a moment.
    void stop(String why) {
        loop.execute(() -> {
            if (state == RunState.PENDING) {
                reason = why;
                end(RunState.ABORTED);
            } else if (state == RunState.RUNNING) {
                reason = why;
                settle(RunState.ABORTED);
            }
        });
    }

    /// The number of the next message to send, counted from 1; 0 where there is none.
    long claim() {
        if (state != RunState.RUNNING || isAllSent()) {
            return 0;
        }
        claimed++;
        return claimed;
    }

    Expected message(long number) {
        return messages.message(number);
    }

    void connected() {
        connectNext();
    }

    /// A connection has come to its end early.
    void left(Failure why) {
        figures.error(why.kind());
        if (firstFailure == null) {
            firstFailure = why;
        }
        // One that was refused says enough: the others are not tried.
        if (callers.stream().allMatch(Caller::isGone) && state == RunState.RUNNING) {
            reason = firstFailure.sentence();
            end(RunState.FAILED);
        } else {
            look();
        }
    }

    /// Sees whether it is done.
    void look() {
        if (state == RunState.RUNNING && isAllSent() && figures.outstanding() == 0) {
            settle(RunState.COMPLETED);
        }
    }

    private boolean isAllSent() {
        long elapsed = System.nanoTime() - begun;
        return claimed >= plan.most() || elapsed >= Math.min(plan.durationNanos(), LONGEST_NANOS);
    }

    private void connectNext() {
        if (callers.size() < plan.connections() && state == RunState.RUNNING) {
            Caller caller = new Caller(this, callers.size() + 1, aim, messages, figures, plan);
            callers.add(caller);
            dialer.dial(caller);
        }
    }

    /// A tick that fails would be the last one, and the run would go on for ever.
    private void tick() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException | Error failed) {
            reason = "The program failed: " + failed;
            end(RunState.FAILED);
        }
    }

    private void look(long now) {
        callers.forEach(caller -> caller.tick(now));
        look();
        while (now >= nextSecond && !state.ended()) {
            nextSecond += SECOND_NANOS;
            figures.second();
            reader.accept(report());
        }
    }

    private void settle(RunState end) {
        state = RunState.STOPPING;
        endedNanos = System.nanoTime();
        reader.accept(report());
        long patience =
                figures.missing() > 0 && end == RunState.COMPLETED
                        ? plan.lateMillis()
                        : RunPlan.STRAGGLERS_MILLIS;
        loop.schedule(() -> end(end), patience, TimeUnit.MILLISECONDS);
    }

    private void end(RunState end) {
        if (state.ended()) {
            return;
        }
        state = end;
        endedAt = Instant.now();
        if (endedNanos == 0) {
            endedNanos = System.nanoTime();
        }
        if (ticks != null) {
            ticks.cancel(false);
        }
        callers.stream().filter(caller -> !caller.isGone()).forEach(Caller::close);
        figures.lastSecond();
        reader.accept(report());
    }

    /// What it has found so far.
    RunReport report() {
        long elapsed = (endedNanos == 0 ? System.nanoTime() : endedNanos) - begun;
        return new RunReport(
                state,
                reason,
                startedAt,
                endedAt,
                TimeUnit.NANOSECONDS.toMillis(elapsed),
                progress(elapsed),
                !messages.any(),
                figures.tally(),
                figures.times(jitter()),
                figures.firstMismatch(),
                figures.service.buckets(),
                figures.timeline(),
                figures.service.text());
    }

    private double progress(long elapsed) {
        if (state == RunState.COMPLETED) {
            return 1;
        }
        double counted = (double) figures.settled() / plan.most();
        double timed = (double) elapsed / plan.durationNanos();
        return Math.min(1, Math.max(counted, timed));
    }

    private @Nullable Double jitter() {
        OptionalDouble mean =
                callers.stream()
                        .mapToDouble(caller -> caller.window().jitter())
                        .filter(jitter -> jitter >= 0)
                        .average();
        return mean.isPresent() ? (Double) mean.getAsDouble() : null;
    }
}
