package io.echorack.client;

import io.echorack.client.Sent.Fate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The messages of one connection that wait for their answers, and what becomes of them.
///
/// Thread: its run's loop.
final class Window {
    /// RFC 3550 §6.4.1: each difference counts for a sixteenth.
    private static final double SMOOTHING = 16;

    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final Figures figures;
    private final long timeoutNanos;
    private long highest;
    private long lastService = -1;
    private double jitter = -1;

    Window(Figures figures, long timeoutNanos) {
        this.figures = figures;
        this.timeoutNanos = timeoutNanos;
    }

    void add(Sent message) {
        waiting.add(message);
    }

    int size() {
        return waiting.size();
    }

    @Nullable Sent oldest() {
        return waiting.peek();
    }

    Collection<Sent> waiting() {
        return waiting;
    }

    /// An answer to that message is there; says whether it is the first and in time.
    boolean answered(Sent message, long firstAt, long now) {
        switch (message.fate) {
            case WAITING -> {
                waiting.remove(message);
                if (now - message.at > timeoutNanos) {
                    figures.lost();
                    late(message);
                    return false;
                }
                inTime(message, firstAt, now);
                return true;
            }
            case LOST -> late(message);
            case ANSWERED, LATE -> figures.duplicate();
        }
        return false;
    }

    /// Gives up what has waited too long.
    void expire(long now) {
        while (!waiting.isEmpty() && now - waiting.getFirst().at > timeoutNanos) {
            lose(waiting.removeFirst());
        }
    }

    /// No answer can come any more.
    void giveUp() {
        while (!waiting.isEmpty()) {
            lose(waiting.removeFirst());
        }
    }

    /// Nanoseconds; below zero where fewer than two answers came.
    double jitter() {
        return jitter;
    }

    private void inTime(Sent message, long firstAt, long now) {
        message.fate = Fate.ANSWERED;
        long service = now - message.at;
        figures.received(firstAt - message.at, service, now);
        if (message.number < highest) {
            figures.reordered();
        }
        highest = Math.max(highest, message.number);
        if (lastService >= 0) {
            double difference = Math.abs(service - lastService);
            jitter =
                    jitter < 0
                            ? difference / SMOOTHING
                            : jitter + (difference - jitter) / SMOOTHING;
        }
        lastService = service;
    }

    private void lose(Sent message) {
        message.fate = Fate.LOST;
        figures.lost();
    }

    private void late(Sent message) {
        message.fate = Fate.LATE;
        figures.late();
    }
}
