package io.echorack.model.run;

/// How times are spread, in nanoseconds. Least, most, mean and deviation are exact; the percentiles are right to three
/// digits and never above the most.
public record Distribution(
        long min,
        double mean,
        long p50,
        long p90,
        long p95,
        long p99,
        long p999,
        long p9999,
        long max,
        double stddev,
        long count) {}
