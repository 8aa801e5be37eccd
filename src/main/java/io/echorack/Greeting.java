package io.echorack;

import io.echorack.http.door.Token;
import io.echorack.model.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// What the start prints: where the page is, and how one gets in.
///
/// @param others the machine's addresses under which others may know it
record Greeting(Settings settings, URI link, List<InetAddress> others) {
    /// A machine full of containers has many networks; nobody reads more lines than these.
    private static final int MOST_OTHERS = 5;

    Greeting {
        others = List.copyOf(others);
    }

    static Greeting of(Settings settings, URI link) {
        return new Greeting(settings, link, addresses());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Echorack ").append(Echorack.version()).append(" is at ").append(in(link));
        if (settings.isEverywhere()) {
            reachable().forEach(other -> text.append("\nFor other machines: ").append(in(other)));
        }
        Token token = settings.token();
        if (token != null) {
            text.append(
                    token.made()
                            ? "\nWho has such a link may use this Echorack: it has the token in it, a new one each start."
                            : "\nIt asks for the token that it was given.");
        }
        text.append("\nIt keeps its rack in ").append(settings.data()).append(". Ctrl-C ends it.");
        return text.toString();
    }

    /// A link to this program at another of the addresses that it listens on.
    private Stream<URI> reachable() {
        boolean isV6 = InetAddress.ofLiteral(settings.host()) instanceof Inet6Address;
        return others.stream()
                .filter(other -> isV6 || !(other instanceof Inet6Address))
                .limit(MOST_OTHERS)
                .map(other -> Echorack.link(Address.text(other), link.getPort()));
    }

    /// A token that was given is not shown: who started the program has it, and its output may go anywhere.
    private String in(URI place) {
        Token token = settings.token();
        return token != null && token.made() ? place + "?token=" + token.text() : place.toString();
    }

    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .sorted((one, other) -> one.getAddress().length - other.getAddress().length)
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }
}
