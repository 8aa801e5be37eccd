package io.echorack;

import java.net.InetAddress;
import java.nio.file.Path;

/// What a start is told: where the dashboard listens, where the rack is kept, and whether a browser opens.
///
/// @param host a loopback address or `localhost`
/// @param port 0 to 65535; 0 lets the system pick
/// @param data the folder that keeps the rack; made when it isn't there
/// @param open whether the browser opens at the link
record Settings(String host, int port, Path data, boolean open) {
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 7070;

    private static final int HIGHEST_PORT = 65535;

    Settings {
        requireLoopback("host", host);
        requirePort("port", Integer.toString(port));
    }

    /// Takes only what can't be reached from other machines: this version has no tokens to keep strangers out.
    static String requireLoopback(String name, String value) {
        if (!isLoopback(value)) {
            throw new UsageProblem(
                    name
                            + " is \""
                            + value
                            + "\", but Echorack listens on loopback only (127.0.0.1, ::1, localhost): without"
                            + " tokens, which this version does not have yet, anyone who reaches it could use it.");
        }
        return value;
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

    /// Never asks a name server: a name that isn't `localhost` is somebody else's.
    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException problem) {
            return false;
        }
    }
}
