package io.echorack.model.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Whom an event is about: a server, and where there is one a connection with its two ends. Made once a connection,
/// with the bytes that every event of it carries, so that an event is whole in itself.
///
/// ```
/// label: | length | server's name | address length | address | port | the same for the local end |
/// ```
public record Origin(
        String server,
        long connection,
        @Nullable InetSocketAddress peer,
        @Nullable InetSocketAddress local,
        byte[] label) {

    public static final long NO_CONNECTION = 0;

    /// Nobody's: events of the log itself.
    public static final Origin NONE = of("");

    private static final int MOST_BYTES = 1 + 255 + 2 * (1 + 16 + 2);

    public static Origin of(String server) {
        return of(server, NO_CONNECTION, null, null);
    }

    public static Origin of(
            String server,
            long connection,
            @Nullable InetSocketAddress peer,
            @Nullable InetSocketAddress local) {
        ByteBuffer label = ByteBuffer.allocate(MOST_BYTES);
        byte[] name = server.getBytes(StandardCharsets.UTF_8);
        label.put((byte) name.length).put(name);
        putAddress(label, peer);
        putAddress(label, local);
        byte[] bytes = new byte[label.flip().remaining()];
        label.get(bytes);
        return new Origin(server, connection, peer, local, bytes);
    }

    public static Origin read(long connection, byte[] label) {
        ByteBuffer bytes = ByteBuffer.wrap(label);
        byte[] name = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(name);
        return new Origin(
                new String(name, StandardCharsets.UTF_8),
                connection,
                address(bytes),
                address(bytes),
                label);
    }

    /// The connection's public name: `c12`.
    public static String connectionName(long connection) {
        return "c" + connection;
    }

    private static void putAddress(ByteBuffer label, @Nullable InetSocketAddress end) {
        if (end == null) {
            label.put((byte) 0);
            return;
        }
        byte[] address = end.getAddress().getAddress();
        label.put((byte) address.length).put(address).putShort((short) end.getPort());
    }

    private static @Nullable InetSocketAddress address(ByteBuffer bytes) {
        byte[] address = new byte[bytes.get()];
        if (address.length == 0) {
            return null;
        }
        bytes.get(address);
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address), Short.toUnsignedInt(bytes.getShort()));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(
                    "An address of " + address.length + " bytes", wrongLength);
        }
    }
}
