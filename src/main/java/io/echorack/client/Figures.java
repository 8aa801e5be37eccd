package io.echorack.client;

import io.echorack.model.run.RunReport;
import io.echorack.model.run.RunReport.Mismatch;
import io.echorack.model.run.RunReport.Second;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a run has counted and measured so far.
///
/// Thread: its run's loop.
final class Figures {
    private static final int AROUND = 8;
    private static final HexFormat HEX = HexFormat.of();

    final Durations connect = new Durations();
    final Durations service = new Durations();
    private final Durations firstByte = new Durations();
    private final Durations second = new Durations();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Second> timeline = new ArrayList<>();
    private final boolean distinct;
    private final boolean framed;
    private long received;
    private long lost;
    private long outstanding;
    private long late;
    private long duplicates;
    private long reordered;
    private long corrupted;
    private long truncated;
    private long unexpected;
    private long bytesSent;
    private long bytesReceived;
    private long receivedBefore;
    private long lostBefore;
    private long firstSentAt;
    private long lastAnswerAt;
    private @Nullable Mismatch firstMismatch;

    /// @param distinct whether no message can be taken for another
    /// @param framed whether an answer is whole in itself
    Figures(boolean distinct, boolean framed) {
        this.distinct = distinct;
        this.framed = framed;
    }

    void sent(int bytes, long now) {
        if (firstSentAt == 0) {
            firstSentAt = now;
            lastAnswerAt = now;
        }
        outstanding++;
        bytesSent += bytes;
    }

    void bytesCame(int bytes) {
        bytesReceived += bytes;
    }

    void received(long firstByteNanos, long serviceNanos, long now) {
        outstanding--;
        received++;
        firstByte.add(firstByteNanos);
        service.add(serviceNanos);
        second.add(serviceNanos);
        lastAnswerAt = now;
    }

    void lost() {
        outstanding--;
        lost++;
    }

    void late() {
        late++;
    }

    void duplicate() {
        duplicates++;
    }

    void reordered() {
        reordered++;
    }

    /// Something came back that belongs to no message.
    void unexpected() {
        unexpected++;
        error("unexpectedAnswer");
    }

    void error(String kind) {
        errors.merge(kind, 1L, Long::sum);
    }

    /// A message was answered with other bytes than expected.
    void wrong(Sent message, int connection, byte[] actual, Reads reads) {
        int offset = Arrays.mismatch(message.answer, actual);
        if (offset == actual.length) {
            truncated++;
        } else {
            corrupted++;
        }
        if (firstMismatch == null) {
            firstMismatch =
                    new Mismatch(
                            message.number,
                            connection,
                            offset,
                            byteAt(message.answer, offset),
                            byteAt(actual, offset),
                            reads.holding(offset),
                            around(message.answer, offset),
                            around(actual, offset));
        }
    }

    long settled() {
        return received + lost;
    }

    /// Messages without any answer so far.
    long missing() {
        return outstanding + lost - late;
    }

    long outstanding() {
        return outstanding;
    }

    /// Closes a second of the timeline.
    void second() {
        var times = second.distribution();
        timeline.add(
                new Second(
                        timeline.size() + 1,
                        settled() - receivedBefore - lostBefore,
                        received - receivedBefore,
                        lost - lostBefore,
                        times == null ? null : times.p50(),
                        times == null ? null : times.p99(),
                        times == null ? null : times.max()));
        receivedBefore = received;
        lostBefore = lost;
        second.clear();
    }

    /// Closes the second that was begun, if anything came of it.
    void lastSecond() {
        if (settled() > receivedBefore + lostBefore || timeline.isEmpty()) {
            second();
        }
    }

    RunReport.Tally tally() {
        return new RunReport.Tally(
                settled(),
                received,
                lost,
                outstanding,
                lateOnes(),
                told(duplicates),
                told(reordered),
                corrupted,
                truncated,
                new TreeMap<>(errors),
                bytesSent,
                bytesReceived,
                rate());
    }

    RunReport.Times times(@Nullable Double jitterNanos) {
        return new RunReport.Times(
                connect.distribution(),
                firstByte.distribution(),
                service.distribution(),
                jitterNanos);
    }

    @Nullable Mismatch firstMismatch() {
        return firstMismatch;
    }

    List<Second> timeline() {
        return List.copyOf(timeline);
    }

    /// Of equal messages an answer more than those in time may be late or one answered twice: nobody can tell. A stream
    /// is another matter, its answers come in order.
    private @Nullable Long lateOnes() {
        boolean untold = framed && !distinct && lost > 0 && unexpected > 0;
        return untold ? null : (Long) late;
    }

    /// Where an answer has no limits of its own, wrong bytes may be anything.
    private @Nullable Long told(long count) {
        boolean told = distinct && (framed || corrupted + unexpected == 0);
        return told ? (Long) count : null;
    }

    private double rate() {
        double seconds = (double) (lastAnswerAt - firstSentAt) / TimeUnit.SECONDS.toNanos(1);
        return seconds > 0 ? received / seconds : 0;
    }

    private static @Nullable String byteAt(byte[] bytes, int index) {
        return index < bytes.length ? HEX.toHexDigits(bytes[index]) : null;
    }

    private static String around(byte[] bytes, int index) {
        int from = Math.min(bytes.length, Math.max(0, index - AROUND));
        return HEX.formatHex(bytes, from, Math.min(bytes.length, index + AROUND));
    }
}
