package io.echorack.model.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run has found so far, or in the end.
///
/// @param reason why it failed or was ended; null where there is nothing to say
/// @param progress how much of it is done, from 0 to 1
/// @param verified whether the answers were held against what they should be
/// @param percentiles the service times as HdrHistogram writes them, for its plotter
public record RunReport(
        RunState state,
        @Nullable String reason,
        Instant startedAt,
        @Nullable Instant endedAt,
        long elapsedMs,
        double progress,
        boolean verified,
        Tally tally,
        Times times,
        @Nullable Mismatch firstMismatch,
        List<Bucket> buckets,
        List<Second> timeline,
        String percentiles) {

    RunReport aborted(String why) {
        return new RunReport(
                RunState.ABORTED,
                why,
                startedAt,
                null,
                elapsedMs,
                progress,
                verified,
                tally,
                times,
                firstMismatch,
                buckets,
                timeline,
                percentiles);
    }

    /// The counts. A message is counted as sent when its fate is known: `sent` is `received` and `lost` together, and
    /// `outstanding` more are under way, or were when the run was ended.
    ///
    /// @param received answered in time, each once
    /// @param lost not answered in time
    /// @param late of the lost, those whose answer came afterwards; null where equal messages can't be told apart
    /// @param duplicates further answers to a message; null where equal messages can't be told apart
    /// @param reordered answers that came behind the answer to a later message (RFC 4737 §3); null likewise
    /// @param corrupted of the received, those with wrong bytes
    /// @param truncated of the received, those that were cut short
    /// @param errors what else went wrong, how often, by kind
    public record Tally(
            long sent,
            long received,
            long lost,
            long outstanding,
            @Nullable Long late,
            @Nullable Long duplicates,
            @Nullable Long reordered,
            long corrupted,
            long truncated,
            Map<String, Long> errors,
            long bytesSent,
            long bytesReceived,
            double achievedRatePerSecond) {}

    /// The times; null where nothing was measured.
    ///
    /// @param connect from the first SYN to the connection; none for udp
    /// @param firstByte from the send to the first byte of the answer
    /// @param service from the send to the whole answer
    /// @param jitterNanos as RFC 3550 §6.4.1 smooths it, of the round trips; the mean of the connections
    public record Times(
            @Nullable Distribution connect,
            @Nullable Distribution firstByte,
            @Nullable Distribution service,
            @Nullable Double jitterNanos) {}

    /// The first wrong byte of a run.
    ///
    /// @param message the message, counted from 1
    /// @param offset the byte in its answer, counted from 0
    /// @param read the receive call of that connection that brought it, counted from 1
    /// @param expected the byte in hex; null where the answer should have ended
    /// @param actual the byte in hex; null where the answer did end
    /// @param expectedBytes that byte and some around it, in hex
    public record Mismatch(
            long message,
            int connection,
            int offset,
            @Nullable String expected,
            @Nullable String actual,
            int read,
            String expectedBytes,
            String actualBytes) {}

    /// How many service times lie from one time up to the other.
    public record Bucket(long fromNanos, long toNanos, long count) {}

    /// One second of a run, counted from 1.
    public record Second(
            int second,
            long sent,
            long received,
            long lost,
            @Nullable Long p50Nanos,
            @Nullable Long p99Nanos,
            @Nullable Long maxNanos) {}
}
