package io.echorack.echo.books;

import io.echorack.model.engine.TlsSession;
import io.echorack.model.traffic.Detail;
import org.jspecify.annotations.Nullable;

/// What an event tells of a TLS handshake.
final class Shaken {
    private Shaken() {}

    static Detail detail(TlsSession session) {
        Detail agreed =
                Detail.of("outcome", "established")
                        .and("version", session.version())
                        .and("cipher", session.cipher());
        agreed = with(agreed, "sni", session.sni());
        agreed = with(agreed, "alpn", session.alpn());
        return with(agreed, "clientSubject", session.clientSubject());
    }

    static Detail failed(String reason) {
        return Detail.of("outcome", "failed").and("reason", reason);
    }

    private static Detail with(Detail detail, String name, @Nullable String text) {
        return text == null ? detail : detail.and(name, text);
    }
}
