package io.echorack.echo.books;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.engine.TlsSession;
import io.echorack.model.traffic.Detail;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What events tell of a connection's life.
final class Told {
    private Told() {}

    static Detail shaken(TlsSession session) {
        Detail agreed =
                Detail.of("outcome", "established")
                        .and("version", session.version())
                        .and("cipher", session.cipher());
        agreed = with(agreed, "sni", session.sni());
        agreed = with(agreed, "alpn", session.alpn());
        return with(agreed, "clientSubject", session.clientSubject());
    }

    static Detail notShaken(String reason) {
        return Detail.of("outcome", "failed").and("reason", reason);
    }

    static Detail halfClosed(Side by, OptionalLong leftoverBytes, String remark) {
        Detail who = with(Detail.of("by", by.text()), "reason", remark);
        return leftoverBytes.isPresent()
                ? who.and("leftoverBytes", leftoverBytes.getAsLong())
                : who;
    }

    static Detail closed(Side by, CloseKind kind, long leftoverBytes, String reason) {
        return with(
                Detail.of("closedBy", by.text())
                        .and("closeKind", kind.text())
                        .and("leftoverBytes", leftoverBytes),
                "reason",
                reason);
    }

    private static Detail with(Detail detail, String name, @Nullable String text) {
        return text == null || text.isEmpty() ? detail : detail.and(name, text);
    }
}
