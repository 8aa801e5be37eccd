package io.echorack.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A listening socket's row in `/proc/net/tcp` or `tcp6` (proc(5)), for sockets that the kernel can't be asked about through
/// Java. Listening ones stand first there, and no more than they are read.
///
/// ```
///   sl  local_address rem_address   st tx_queue rx_queue …
///    0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 …
/// ```
public final class ListenRow {
    private static final String LISTEN = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int HEX = 16;

    private ListenRow() {}

    /// Connections that wait to be accepted there: `rx_queue`; nothing where there is no such row, or no such file.
    public static OptionalLong acceptQueue(InetSocketAddress address) {
        boolean four = address.getAddress() instanceof Inet4Address;
        Path table = Path.of(four ? "/proc/net/tcp" : "/proc/net/tcp6");
        if (!Files.isReadable(table)) {
            return OptionalLong.empty();
        }
        String local = hex(address.getAddress()) + ":%04X".formatted(address.getPort());
        try (BufferedReader rows = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            rows.readLine();
            return waiting(rows, local);
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong waiting(BufferedReader rows, String local) throws IOException {
        @Nullable String row;
        while ((row = rows.readLine()) != null) {
            String[] fields = row.strip().split("\\s+", QUEUES + 2);
            if (!fields[STATE].equals(LISTEN)) {
                break;
            }
            if (fields[LOCAL].equals(local)) {
                String queue = fields[QUEUES].substring(fields[QUEUES].indexOf(':') + 1);
                return OptionalLong.of(Long.parseLong(queue, HEX));
            }
        }
        return OptionalLong.empty();
    }

    /// The kernel writes an address as words in its own order.
    private static String hex(InetAddress address) {
        ByteBuffer words = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder hex = new StringBuilder();
        while (words.hasRemaining()) {
            hex.append("%08X".formatted(words.getInt()));
        }
        return hex.toString();
    }
}
