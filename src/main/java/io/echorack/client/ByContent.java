package io.echorack.client;

import io.echorack.client.Sent.Fate;
import io.echorack.model.Ceilings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers that are whole in themselves, datagrams or cut by a framing: where no two messages are the same, each is
/// known by its bytes, also when it comes late, twice or out of order. Equal ones are taken for the oldest that waits.
///
/// Thread: its run's loop.
final class ByContent implements Matcher {
    /// What a remembered message takes beside its bytes: the objects that hold it.
    private static final long ENTRY_BYTES = 256;

    /// How far an answer is compared to find whose it could be.
    private static final int COMPARED_BYTES = 1_024;

    private final Map<ByteBuffer, Sent> known = new LinkedHashMap<>();
    private final Window window;
    private final Figures figures;
    private final int connection;
    private final boolean distinct;
    private final boolean any;
    private final long memory;
    private long remembered;

    /// @param connections how many share the memory of a run
    ByContent(Window window, Figures figures, int connection, Messages messages, int connections) {
        this.window = window;
        this.figures = figures;
        this.connection = connection;
        distinct = messages.distinct();
        any = messages.any();
        memory = Ceilings.RUN_MEMORY_BYTES / connections;
    }

    @Override
    public void sent(Sent message) {
        if (distinct) {
            known.put(ByteBuffer.wrap(message.answer), message);
            remembered += sizeOf(message);
            forget();
        }
    }

    @Override
    public void answer(byte[] bytes, Reads reads, long now) {
        @Nullable Sent same = distinct ? known.get(ByteBuffer.wrap(bytes)) : null;
        @Nullable Sent message = same != null ? same : nearest(bytes);
        if (message == null) {
            figures.unexpected();
        } else if (window.answered(message, reads.firstAt(), now)
                && !any
                && !Arrays.equals(bytes, message.answer)) {
            figures.wrong(message, connection, bytes, reads);
        }
    }

    /// Of those that wait, the one whose answer has the most bytes in common; the oldest, where they are all alike.
    private @Nullable Sent nearest(byte[] bytes) {
        if (!distinct) {
            return window.oldest();
        }
        @Nullable Sent nearest = null;
        int most = -1;
        for (Sent message : window.waiting()) {
            int common = common(bytes, message.answer);
            if (common > most) {
                most = common;
                nearest = message;
            }
        }
        return nearest;
    }

    private static long sizeOf(Sent message) {
        return ENTRY_BYTES + message.answer.length;
    }

    private static int common(byte[] one, byte[] other) {
        int common = 0;
        int most = Math.min(COMPARED_BYTES, Math.min(one.length, other.length));
        for (int i = 0; i < most; i++) {
            if (one[i] == other[i]) {
                common++;
            }
        }
        return common;
    }

    /// Lets go of the oldest whose fate is known.
    private void forget() {
        Iterator<Sent> oldest = known.values().iterator();
        while (remembered > memory && oldest.hasNext()) {
            Sent message = oldest.next();
            if (message.fate == Fate.WAITING) {
                return;
            }
            remembered -= sizeOf(message);
            oldest.remove();
        }
    }
}
