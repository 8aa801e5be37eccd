package io.echorack.model.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What came of a probe.
///
/// @param connectNanos from the first SYN to the connection; none for udp
/// @param firstByteNanos from the send to the first byte of the answer
/// @param totalNanos from the beginning to the end of it all
/// @param firstDifference the first byte that is not what was expected
public record ProbeReport(
        Outcome outcome,
        String detail,
        byte[] sent,
        byte[] received,
        List<Read> reads,
        Optional<Boolean> matches,
        Optional<Difference> firstDifference,
        OptionalLong connectNanos,
        OptionalLong firstByteNanos,
        long totalNanos) {

    /// How a probe ended; the JSON form is the name in lower case.
    public enum Outcome {
        /// The whole answer came.
        ANSWERED,
        /// Not the whole answer in time; perhaps a part of it.
        TIMEOUT,
        /// Nobody listens there (RST, or ICMP port unreachable).
        REFUSED,
        /// The target ended the connection before the whole answer.
        CLOSED,
        /// Anything else that the network said.
        FAILED
    }

    /// What one receive call brought, and when, counted from the send.
    public record Read(int n, long offset, int length, long atNanos) {}

    /// A byte at a place, as numbers from 0 to 255; -1 where there is none.
    public record Difference(int offset, int expected, int actual) {}
}
