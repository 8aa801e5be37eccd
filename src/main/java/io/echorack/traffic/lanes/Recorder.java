package io.echorack.traffic.lanes;

import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.Recording;
import io.echorack.model.traffic.EventKind;
import io.echorack.traffic.Cursor;
import io.echorack.traffic.Cursor.Reach;
import io.echorack.traffic.EventView;
import io.echorack.traffic.TrafficLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts together what a client sent, from the reads that the log holds, up to a ceiling.
///
/// Thread: its reader's.
public final class Recorder {
    private static final int FEW = 64;

    private final ConnectionView connection;
    private final int most;
    private byte[] bytes = new byte[0];
    private long[] ends = new long[FEW];
    private int length;
    private int count;
    private @Nullable Problem missing;

    private Recorder(ConnectionView connection) {
        this.connection = connection;
        most = (int) Math.min(connection.bytesIn(), Ceilings.REFRAME_BYTES);
    }

    /// From its first byte on; a `Problem` says which bytes are not there, and how to have them there.
    public static Recording of(TrafficLog log, long number, ConnectionView connection) {
        Recorder recorder = new Recorder(connection);
        long latest = log.latestSeq();
        Cursor cursor = new Cursor(log, log.oldestSeq() - 1);
        while (cursor.position() < latest && recorder.wantsMore()) {
            cursor.walk(
                    event -> event.connection() == number && event.kind() == EventKind.READ,
                    Reach.turn(Long.MAX_VALUE, 0),
                    latest,
                    recorder::take);
        }
        return recorder.recording();
    }

    private boolean wantsMore() {
        return missing == null && length < most;
    }

    private void take(EventView read) {
        if (!wantsMore()) {
            return;
        }
        if (read.offset() != length) {
            missing = gone(length, read.offset());
        } else if (read.captured() < read.length()) {
            missing = notCaptured(read.firstRead(), read.length(), read.captured());
        } else {
            add(read);
        }
    }

    private void add(EventView read) {
        if (count == 0) {
            bytes = new byte[most];
        }
        int taken = Math.min(read.length(), most - length);
        read.copyPayload(bytes, length, taken);
        length += taken;
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = length;
    }

    private Recording recording() {
        if (missing != null) {
            throw missing;
        }
        if (length == 0 && most > 0) {
            throw gone(0, connection.bytesIn());
        }
        return new Recording(
                length == bytes.length ? bytes : Arrays.copyOf(bytes, length),
                Arrays.copyOf(ends, count));
    }

    private Problem gone(long from, long to) {
        return problem(
                "The log does not hold bytes %,d to %,d of %s, or not any more."
                        .formatted(from, to - 1, connection.id()));
    }

    private Problem notCaptured(long n, int readBytes, int captured) {
        return problem(
                "Of the %,d bytes of read %,d of %s %,d were captured."
                        .formatted(readBytes, n, connection.id(), captured));
    }

    private Problem problem(String what) {
        return new Problem(
                Problem.Code.NOT_CAPTURED,
                what
                        + " To have all of them, PATCH /api/v1/servers/"
                        + connection.server()
                        + " with {\"capture\": {\"payload\": \"full\"}}, and let the client send again"
                        + " (a read of more than %,d bytes is never held whole)."
                                .formatted(Ceilings.CAPTURED_BYTES));
    }
}
