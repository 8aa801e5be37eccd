package io.echorack.traffic;

import io.echorack.model.Problem;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Reads the values of filter terms.
final class FilterValues {
    private static final int MOST_PORT = 65_535;

    private FilterValues() {}

    static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hex(String value, int place) {
        try {
            return HexFormat.of().parseHex(value.replace(" ", ""));
        } catch (IllegalArgumentException unreadable) {
            throw Problem.filter("hex wants pairs of the digits 0-9 and a-f", place);
        }
    }

    static EventKind kind(String value, int place) {
        return EventKind.named(value)
                .orElseThrow(() ->
                        Problem.filter(
                                "There is no kind \""
                                        + value
                                        + "\"; there are "
                                        + Arrays.stream(EventKind.values())
                                                .map(EventKind::text)
                                                .collect(Collectors.joining(", ")),
                                place));
    }

    static Direction direction(String value, int place) {
        return switch (value) {
            case "in" -> Direction.IN;
            case "out" -> Direction.OUT;
            default -> throw Problem.filter("dir is in or out", place);
        };
    }

    static long connection(String value, int place) {
        try {
            return Long.parseLong(value.startsWith("c") ? value.substring(1) : value);
        } catch (NumberFormatException unreadable) {
            throw Problem.filter("conn wants a connection, such as c12", place);
        }
    }

    /// An address, or an address and a port; IPv6 with a port in brackets (RFC 3986 §3.2.2).
    static Filter peer(String value, int place) {
        boolean bracketed = value.startsWith("[");
        int hostEnd = bracketed ? value.indexOf(']') : value.indexOf(':');
        boolean plain = !bracketed && hostEnd != value.lastIndexOf(':');
        String host = plain || hostEnd < 0 ? value : value.substring(bracketed ? 1 : 0, hostEnd);
        String rest = plain || hostEnd < 0 ? "" : value.substring(hostEnd + (bracketed ? 1 : 0));
        try {
            OptionalInt port =
                    rest.isEmpty()
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(rest.substring(1)));
            if (port.orElse(0) < 0 || port.orElse(0) > MOST_PORT) {
                throw new IllegalArgumentException("no port");
            }
            return new Filter.FromPeer(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException unreadable) {
            throw Problem.filter(
                    "peer wants an address, with a port or without, such as 127.0.0.1 or [::1]:5000",
                    place);
        }
    }
}
