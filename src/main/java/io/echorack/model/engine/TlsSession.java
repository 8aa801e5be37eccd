package io.echorack.model.engine;

import org.jspecify.annotations.Nullable;

/// What a TLS handshake agreed on.
///
/// @param version `TLSv1.3`, say
/// @param cipher the cipher suite, by its registered name
/// @param sni the server's name as the client wrote it (RFC 6066 §3)
/// @param alpn the protocol above TLS (RFC 7301)
/// @param clientSubject whose certificate the client showed
public record TlsSession(
        String version,
        String cipher,
        @Nullable String sni,
        @Nullable String alpn,
        @Nullable String clientSubject) {}
