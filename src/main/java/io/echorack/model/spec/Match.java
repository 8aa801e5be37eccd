package io.echorack.model.spec;

import io.echorack.model.Check;
import io.echorack.model.Problem;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which messages a fault may strike: those that meet all of what is given.
///
/// @param peer a block of addresses, or one address with its port
/// @param connection the n-th connection or peer of the server, counted from 1 since it was started; or one by its name,
///     `c12`
/// @param message the n-th message of a connection in the fault's direction, counted from 1; or from the first to the
///     last of these two
public record Match(
        @Nullable Peer peer, @Nullable String connection, @Nullable List<Integer> message) {
    public static final Match ALL = new Match(null, null, null);

    private static final int ANY_PORT = -1;
    private static final int MOST_PORT = 65_535;
    private static final Pattern CONNECTION = Pattern.compile("c?[1-9]\\d{0,17}");

    public Match {
        message = message == null ? null : List.copyOf(message);
        new Check()
                .that(
                        connection == null || CONNECTION.matcher(connection).matches(),
                        "/connection",
                        "must be n, counted from 1, or a connection's id such as \"c12\"")
                .that(
                        message == null || isRange(message),
                        "/message",
                        "must be n or [from, to], counted from 1, the first not above the last")
                .done();
    }

    /// Whether this is one of the connections it is about.
    ///
    /// @param ordinal of how many connections of its server it is
    /// @param number the one in its name
    public boolean holds(InetSocketAddress from, long ordinal, long number) {
        return (peer == null || peer.holds(from))
                && (connection == null
                        || connection.equals(Long.toString(ordinal))
                        || connection.equals("c" + number));
    }

    public boolean holdsMessage(long number) {
        return message == null || (number >= message.getFirst() && number <= message.getLast());
    }

    private static boolean isRange(List<Integer> message) {
        return !message.isEmpty()
                && message.size() <= 2
                && message.getFirst() >= 1
                && message.getLast() >= message.getFirst();
    }

    /// A block of addresses, or one address with its port: `10.0.0.0/8`, `127.0.0.1:5000`, `[::1]:5000`.
    public static final class Peer {
        private static final Pattern WITH_PORT =
                Pattern.compile("(?:\\[([^\\]]+)\\]|([^:]+)):(\\d{1,5})");

        private final String text;
        private final Cidr addresses;
        private final int port;

        public Peer(String text) {
            this.text = text;
            Matcher parts = WITH_PORT.matcher(text);
            boolean hasPort = parts.matches();
            port = hasPort ? Integer.parseInt(parts.group(3)) : ANY_PORT;
            addresses = block(hasPort ? either(parts.group(1), parts.group(2)) : text);
            if (hasPort && (port > MOST_PORT || addresses.text().contains("/"))) {
                throw wrong();
            }
        }

        public String text() {
            return text;
        }

        boolean holds(InetSocketAddress from) {
            return addresses.holds(from.getAddress())
                    && (port == ANY_PORT || port == from.getPort());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Peer peer && peer.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        private static String either(@Nullable String one, String other) {
            return one == null ? other : one;
        }

        private static Cidr block(String text) {
            try {
                return new Cidr(text);
            } catch (Problem neither) {
                throw wrong();
            }
        }

        private static Problem wrong() {
            return Problem.invalid(
                    List.of(
                            new Problem.Field(
                                    "/peer",
                                    "must be an address, a block such as 10.0.0.0/8, or an address with a port")));
        }
    }
}
