package io.echorack.client;

import io.echorack.model.run.Distribution;
import io.echorack.model.run.RunReport.Bucket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/// Times in nanoseconds and how they are spread: percentiles by HdrHistogram to three digits, the rest exact.
///
/// Thread: its run's loop.
final class Durations {
    private static final int DIGITS = 3;

    /// How much further each bucket of a plot reaches than the one before it.
    private static final double STEP = 1.15;

    private static final double MICROSECOND = 1_000.0;

    private final Histogram histogram = new Histogram(DIGITS);
    private long min = Long.MAX_VALUE;
    private long max;
    private double mean;
    private double squares;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        histogram.recordValue(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
        // Welford's way: the mean and the sum of squares about it, without losing digits.
        double off = value - mean;
        mean += off / histogram.getTotalCount();
        squares += off * (value - mean);
    }

    long count() {
        return histogram.getTotalCount();
    }

    void clear() {
        histogram.reset();
        min = Long.MAX_VALUE;
        max = 0;
        mean = 0;
        squares = 0;
    }

    @Nullable Distribution distribution() {
        long count = count();
        if (count == 0) {
            return null;
        }
        return new Distribution(
                min,
                Math.clamp(mean, (double) min, (double) max),
                at(50),
                at(90),
                at(95),
                at(99),
                at(99.9),
                at(99.99),
                max,
                Math.sqrt(squares / count),
                count);
    }

    /// The counts between the least and the most, in buckets that grow with the times; each holds what is not below its
    /// beginning and below its end.
    List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        long from = min;
        long to = next(from);
        long counted = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long time = Math.clamp(value.getValueIteratedTo(), min, max);
            while (time >= to) {
                buckets.add(new Bucket(from, to, counted));
                counted = 0;
                from = to;
                to = next(from);
            }
            counted += value.getCountAtValueIteratedTo();
        }
        if (counted > 0) {
            buckets.add(new Bucket(from, to, counted));
        }
        return buckets;
    }

    /// HdrHistogram's own text, in microseconds.
    String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        histogram.outputPercentileDistribution(
                new PrintStream(bytes, false, StandardCharsets.UTF_8), MICROSECOND);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static long next(long from) {
        return Math.max(from + 1, Math.round(from * STEP));
    }

    private long at(double percentile) {
        return Math.clamp(histogram.getValueAtPercentile(percentile), min, max);
    }
}
