package io.echorack.model.spec;

import io.echorack.model.Address;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import java.net.InetSocketAddress;
import java.util.List;
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
        @Nullable String peer, @Nullable String connection, @Nullable List<Integer> message) {
    public static final Match ALL = new Match(null, null, null);

    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[[^\\]]+\\]|[^:]+):\\d{1,5}");
    private static final Pattern CONNECTION = Pattern.compile("c?[1-9]\\d{0,17}");

    public Match {
        message = message == null ? null : List.copyOf(message);
        new Check()
                .that(
                        peer == null || isPeer(peer),
                        "/peer",
                        "must be an address, a block such as 10.0.0.0/8, or an address with a port")
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
        return (peer == null || holds(peer, from))
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

    private static boolean isPeer(String text) {
        if (WITH_PORT.matcher(text).matches()) {
            return true;
        }
        try {
            return new Cidr(text) != null;
        } catch (Problem neither) {
            return false;
        }
    }

    private static boolean holds(String peer, InetSocketAddress from) {
        return WITH_PORT.matcher(peer).matches()
                ? peer.equals(Address.text(from))
                : new Cidr(peer).holds(from.getAddress());
    }
}
