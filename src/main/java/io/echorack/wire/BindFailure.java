package io.echorack.wire;

import io.echorack.model.Problem;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.ServerSpec;
import java.util.Locale;

/// Says in a sentence why the kernel refused an address.
public final class BindFailure {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private BindFailure() {}

    public static Problem problem(ServerSpec spec, Throwable cause) {
        if (cause instanceof Sockets.NoneLeft) {
            return new Problem(
                    Problem.Code.LIMIT_REACHED,
                    "No socket is left for it: %s.".formatted(cause.getMessage()));
        }
        String said = String.valueOf(cause.getMessage());
        String reason = said.toLowerCase(Locale.ROOT);
        String address =
                spec.transport().text() + " " + spec.address() + " port " + spec.portOrAny();
        if (reason.contains("in use")) {
            return new Problem(
                    Problem.Code.PORT_IN_USE,
                    address
                            + " is in use. Take another port, or 0 to let the system pick;"
                            + " `ss -lntup` shows who holds it."
                            + timeWait(spec));
        }
        if (reason.contains("permission denied")) {
            String hint =
                    spec.portOrAny() < FIRST_UNPRIVILEGED_PORT
                            ? " Ports below 1024 need privileges: take a higher one."
                            : "";
            return new Problem(Problem.Code.PORT_FORBIDDEN, address + " is not allowed." + hint);
        }
        if (reason.contains("cannot assign") || reason.contains("can't assign")) {
            return new Problem(
                    Problem.Code.ADDRESS_UNAVAILABLE,
                    spec.address()
                            + " is not an address of this machine; `ip address` lists them.");
        }
        return new Problem(Problem.Code.ADDRESS_UNAVAILABLE, address + " can't be opened: " + said);
    }

    private static String timeWait(ServerSpec spec) {
        return spec.transport() == Protocol.UDP || spec.options().reusesAddress()
                ? ""
                : " Without reuseAddress a port also stays taken while connections of before are in TIME_WAIT, up to a"
                        + " minute (`ss -nat`).";
    }
}
