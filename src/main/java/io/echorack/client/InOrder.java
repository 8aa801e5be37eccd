package io.echorack.client;

import io.echorack.client.Sent.Fate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Answers of a stream that nothing cuts: they come in the order of their messages, each as long as is expected.
///
/// Thread: its run's loop.
final class InOrder implements Matcher {
    private final Deque<Sent> due = new ArrayDeque<>();
    private final Window window;
    private final Figures figures;
    private final int connection;
    private final boolean any;

    InOrder(Window window, Figures figures, int connection, boolean any) {
        this.any = any;
        this.window = window;
        this.figures = figures;
        this.connection = connection;
    }

    @Override
    public void sent(Sent message) {
        if (message.answer.length > 0) {
            due.add(message);
        }
    }

    /// The length of the next answer; 0 where none is due.
    int nextLength() {
        return due.isEmpty() ? 0 : due.getFirst().answer.length;
    }

    @Override
    public void answer(byte[] bytes, Reads reads, long now) {
        Sent message = due.removeFirst();
        if (window.answered(message, reads.firstAt(), now)
                && !any
                && !Arrays.equals(bytes, message.answer)) {
            figures.wrong(message, connection, bytes, reads);
        }
    }

    @Override
    public int overdue() {
        return due.isEmpty() || due.getFirst().fate == Fate.WAITING
                ? 0
                : due.size() - window.size();
    }
}
