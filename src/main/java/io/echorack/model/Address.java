package io.echorack.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// How addresses are written: IPv6 as short as RFC 5952 has it, in brackets before a port (RFC 3986 §3.2.2).
public final class Address {
    private static final int GROUPS = 8;

    private Address() {}

    /// `127.0.0.1:8888`, `[::1]:8888`; empty for none.
    public static String text(@Nullable InetSocketAddress end) {
        if (end == null) {
            return "";
        }
        String host = text(end.getAddress());
        return (end.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + end.getPort();
    }

    /// `127.0.0.1`, `::1`.
    public static String text(InetAddress address) {
        return address instanceof Inet6Address
                ? shortened(address.getAddress())
                : address.getHostAddress();
    }

    /// Whether this names the machine itself and nothing else: a loopback address, in brackets or not, or `localhost`.
    /// Never asks a name server: any other name is somebody else's.
    public static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException otherName) {
            return false;
        }
    }

    /// The longest run of two or more zero groups, the first of equal ones, becomes `::`.
    private static String shortened(byte[] bytes) {
        int start = -1;
        int length = 1;
        for (int group = 0; group < GROUPS; group++) {
            int zeros = zerosFrom(bytes, group);
            if (zeros > length) {
                start = group;
                length = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            if (group == start) {
                text.append("::");
                group += length - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(bytes, group)));
            }
        }
        return text.toString();
    }

    private static int zerosFrom(byte[] bytes, int group) {
        int end = group;
        while (end < GROUPS && group(bytes, end) == 0) {
            end++;
        }
        return end - group;
    }

    private static int group(byte[] bytes, int group) {
        return Byte.toUnsignedInt(bytes[2 * group]) << 8 | Byte.toUnsignedInt(bytes[2 * group + 1]);
    }
}
