package io.echorack;

import io.echorack.http.door.Token;
import io.echorack.model.Address;
import io.echorack.wire.Transport;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a start is told: where the dashboard listens, where the rack is kept, whether a browser opens, and the token
/// that callers need.
///
/// @param host an address of this machine or `localhost`
/// @param port 0 to 65535; 0 lets the system pick
/// @param data the folder that keeps the rack; made when it isn't there
/// @param open whether the browser opens at the link
/// @param token none where everybody may call: on loopback only
/// @param transport none where the best that is there is taken
record Settings(
        String host,
        int port,
        Path data,
        boolean open,
        @Nullable Token token,
        @Nullable Transport transport) {
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 7070;

    private static final int HIGHEST_PORT = 65535;

    Settings {
        requireAddress("host", host);
        requirePort("port", Integer.toString(port));
        if (token == null && !Address.isLoopback(host)) {
            throw new UsageProblem(
                    "host is \"" + host + "\", which others can reach: that needs a token.");
        }
    }

    /// Without a token.
    Settings(String host, int port, Path data, boolean open) {
        this(host, port, data, open, null, null);
    }

    Settings(String host, int port, Path data, boolean open, @Nullable Token token) {
        this(host, port, data, open, token, null);
    }

    /// How it does network I/O.
    Transport transportOrBest() {
        return transport == null ? Transport.choose() : transport;
    }

    /// Whether it listens on every address of this machine.
    boolean isEverywhere() {
        return !host.equals("localhost") && InetAddress.ofLiteral(host).isAnyLocalAddress();
    }

    /// Never asks a name server.
    static String requireAddress(String name, String value) {
        if (value.equals("localhost") || isLiteral(value)) {
            return value;
        }
        throw new UsageProblem(
                name
                        + " is \""
                        + value
                        + "\", but it must be an address of this machine: 127.0.0.1, ::1 or localhost for itself"
                        + " alone, 0.0.0.0 or :: for everybody, or one of its own.");
    }

    static @Nullable Transport requireTransport(String name, String value) {
        if (value.equals("auto")) {
            return null;
        }
        Transport transport =
                Transport.named(value)
                        .orElseThrow(() ->
                                new UsageProblem(
                                        name
                                                + " is \""
                                                + value
                                                + "\", but it must be auto, epoll, io_uring or nio."));
        transport
                .lack()
                .ifPresent(why -> {
                    throw new UsageProblem(
                            name + " is " + value + ", which this system has not: " + why + ".");
                });
        return transport;
    }

    static int requirePort(String name, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException problem) {
            // Told below, as a number out of range is.
        }
        throw new UsageProblem(
                name
                        + " is \""
                        + value
                        + "\", but it must be a whole number from 0 to 65535 (0 lets the system pick).");
    }

    private static boolean isLiteral(String value) {
        try {
            InetAddress.ofLiteral(value);
            return !value.startsWith("[");
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
