package io.echorack.echo.tcp;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.wire.tls.TlsFailure;
import org.jspecify.annotations.Nullable;

/// How a connection comes to its end: who closed first, by what, and why.
///
/// ```
/// open ─► client's FIN seen ─► every answer sent, our FIN behind it ─► closed
///   ├───► our FIN sent, nothing answered any more ─► client's FIN seen ──►┤
///   └───────────► ended by us, FIN or RST ────────────────────────────►┘
/// ```
/// Thread: its connection's.
public final class Ending {
    private boolean clientEnded;
    private boolean outputEnded;
    private @Nullable Side firstFin;
    private boolean begun;
    private boolean ours;
    private @Nullable Side by;
    private CloseKind kind = CloseKind.RST;
    private String reason = "";

    /// The client sends no more; false where that was known.
    public boolean clientEnds() {
        boolean news = !clientEnded;
        clientEnded = true;
        firstFin = firstFin == null ? Side.CLIENT : firstFin;
        return news;
    }

    /// We send no more and go on reading; false where that was known.
    public boolean outputEnds() {
        boolean news = !outputEnded;
        outputEnded = true;
        firstFin = firstFin == null ? Side.SERVER : firstFin;
        return news;
    }

    public boolean hasOutputEnded() {
        return outputEnded;
    }

    public boolean hasClientEnded() {
        return clientEnded;
    }

    /// Nothing is read or answered any more; what was answered may still be on its way.
    public boolean hasBegun() {
        return begun;
    }

    /// Every answer to a client that has ended is on its way.
    public void afterClient() {
        begun = true;
        by = firstFin;
        kind = CloseKind.FIN;
    }

    /// We end it; false where we had begun to already.
    public boolean byUs(CloseKind how, String why) {
        boolean first = !ours;
        begun = true;
        ours = true;
        by = firstFin == null ? Side.SERVER : firstFin;
        kind = how;
        reason = why;
        return first;
    }

    /// The network says that the client is gone, which stands where nothing was said before.
    public void byNetwork() {
        if (!begun) {
            begun = true;
            by = Side.CLIENT;
            kind = CloseKind.RST;
        }
    }

    /// TLS came to nothing, which stands where nothing was said before.
    void byTls(TlsFailure failure) {
        if (!begun) {
            begun = true;
            by = failure.byClient() ? Side.CLIENT : Side.SERVER;
            kind = CloseKind.TLS_FAILED;
            reason = failure.sentence();
        }
    }

    public Side by() {
        return by == null ? Side.CLIENT : by;
    }

    public CloseKind kind() {
        return by == null && clientEnded ? CloseKind.FIN : kind;
    }

    public String reason() {
        return reason;
    }
}
