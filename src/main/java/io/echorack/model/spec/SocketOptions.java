package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import org.jspecify.annotations.Nullable;

/// Socket options as asked for (socket(7), tcp(7), udp(7), ip(7)); what is null is left to its default.
public record SocketOptions(
        @Nullable Boolean reuseAddress,
        @Nullable Integer backlog,
        @Nullable Integer receiveBufferBytes,
        @Nullable Integer sendBufferBytes,
        @Nullable Boolean tcpNoDelay,
        @Nullable Boolean keepAlive,
        @Nullable Integer lingerSeconds,
        @Nullable Integer readBufferBytes,
        @Nullable Integer datagramBufferBytes,
        @Nullable Boolean reusePort,
        @Nullable Integer dscp,
        @Nullable Integer ttl) {

    public static final SocketOptions DEFAULTS =
            new SocketOptions(
                    null, null, null, null, null, null, null, null, null, null, null, null);

    private static final int DEFAULT_BACKLOG = 128;
    private static final int DEFAULT_READ_BYTES = 65_536;

    public SocketOptions {
        new Check()
                .range("/backlog", backlog, 1, 65_535)
                .range("/receiveBufferBytes", receiveBufferBytes, 1, Ceilings.SOCKET_BUFFER_BYTES)
                .range("/sendBufferBytes", sendBufferBytes, 1, Ceilings.SOCKET_BUFFER_BYTES)
                .range("/lingerSeconds", lingerSeconds, 0, 60)
                .range("/readBufferBytes", readBufferBytes, 1, Ceilings.READ_BYTES)
                .range("/datagramBufferBytes", datagramBufferBytes, 1, Ceilings.DATAGRAM_BYTES)
                .range("/dscp", dscp, 0, 63)
                .range("/ttl", ttl, 1, 255)
                .done();
    }

    public boolean reusesAddress() {
        return reuseAddress == null || reuseAddress;
    }

    /// Whether a udp socket may take a port that another has, which on Linux takes its datagrams too (socket(7)): only
    /// where it was asked for.
    public boolean sharesDatagrams() {
        return reuseAddress != null && reuseAddress;
    }

    public boolean reusesPort() {
        return reusePort != null && reusePort;
    }

    public int backlogLength() {
        return backlog == null ? DEFAULT_BACKLOG : backlog;
    }

    public boolean noDelay() {
        return tcpNoDelay == null || tcpNoDelay;
    }

    public boolean keepsAlive() {
        return keepAlive != null && keepAlive;
    }

    /// Whether close(2) may wait for what is still to be sent.
    public boolean lingers() {
        return lingerSeconds != null && lingerSeconds > 0;
    }

    public int readBytes() {
        return readBufferBytes == null ? DEFAULT_READ_BYTES : readBufferBytes;
    }

    public int datagramBytes() {
        return datagramBufferBytes == null ? Ceilings.DATAGRAM_BYTES : datagramBufferBytes;
    }

    /// The options that take hold at the bind alone; a change of these restarts the server.
    public SocketOptions boundOnes() {
        return new SocketOptions(
                reuseAddress,
                backlogLength(),
                receiveBufferBytes,
                sendBufferBytes,
                null,
                null,
                null,
                null,
                datagramBytes(),
                reusesPort(),
                dscp,
                ttl);
    }
}
