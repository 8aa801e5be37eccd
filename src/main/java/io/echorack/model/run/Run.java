package io.echorack.model.run;

import io.echorack.model.Address;
import io.echorack.model.spec.Protocol;
import org.jspecify.annotations.Nullable;

/// A run: what was asked for, where it fires, and what it found.
///
/// @param number its place among all runs of this rack, counted from 1
/// @param target the address it fires at
/// @param server the target's name, where it is one of ours
public record Run(
        int number,
        RunSpec spec,
        String target,
        Protocol protocol,
        @Nullable String server,
        RunReport report) {
    public String id() {
        return "r" + number;
    }

    public static Run of(int number, RunSpec spec, Aim aim, RunReport report) {
        return new Run(
                number,
                spec,
                Address.text(aim.address()),
                aim.protocol(),
                aim.server().orElse(null),
                report);
    }

    /// The same, or where it had not ended, ended for that reason.
    public Run ended(String reason) {
        return report.state().ended() ? this : with(report.aborted(reason));
    }

    public Run with(RunReport newer) {
        return new Run(number, spec, target, protocol, server, newer);
    }
}
