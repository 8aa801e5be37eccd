package io.echorack.model.engine;

import io.echorack.model.spec.Protocol;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A TCP connection, or a UDP peer.
///
/// @param readPaused whether reading was paused by a caller
/// @param closedBy who closed first
/// @param tls what its handshake agreed on; null where there was none yet
/// @param leftoverBytes bytes at the end of what the client sent that make no whole message, or none yet
public record ConnectionView(
        String id,
        String server,
        Protocol protocol,
        State state,
        boolean readPaused,
        String peer,
        String local,
        @Nullable TlsSession tls,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Side closedBy,
        @Nullable CloseKind closeKind,
        long reads,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        long leftoverBytes) {

    public enum State {
        OPEN,
        HALF_CLOSED,
        CLOSED
    }

    public enum Side {
        CLIENT,
        SERVER;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
