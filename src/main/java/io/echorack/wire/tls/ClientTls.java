package io.echorack.wire.tls;

import io.echorack.model.Check;
import io.echorack.model.run.Aim;
import io.echorack.model.run.TlsAim;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A test client's TLS: whom it trusts, and handlers for each of its connections.
///
/// Thread: any.
public final class ClientTls {
    private final TlsAim asked;
    private final InetSocketAddress target;
    private final SSLContext context;

    private ClientTls(TlsAim asked, InetSocketAddress target, TrustManager @Nullable [] trust) {
        this.asked = asked;
        this.target = target;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// How TLS is spoken there, if it is; a `Problem` where the file of those who are trusted won't do.
    public static Optional<ClientTls> of(Aim aim) {
        return aim.tls().map(asked -> new ClientTls(asked, aim.address(), trust(asked)));
    }

    /// Adds a connection's handlers, which let the others begin when the handshake is through.
    public void join(ChannelPipeline pipeline, int handshakeMillis) {
        @Nullable String name = asked.serverName();
        SSLEngine engine =
                context.createSSLEngine(
                        name == null ? target.getHostString() : name, target.getPort());
        engine.setUseClientMode(true);
        SSLParameters wanted = engine.getSSLParameters();
        wanted.setApplicationProtocols(asked.speaks().toArray(String[]::new));
        if (name != null) {
            wanted.setServerNames(List.of(new SNIHostName(name)));
        }
        if (asked.verifies() && (name != null || asked.shown() == null)) {
            wanted.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(wanted);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        pipeline.addLast(handler, new AfterHandshake());
    }

    /// Null: whom Java trusts.
    private static TrustManager @Nullable [] trust(TlsAim asked) {
        if (!asked.verifies()) {
            return new TrustManager[] {new AnyPeer()};
        }
        try {
            @Nullable List<X509Certificate> roots = roots(asked);
            return roots == null ? null : Trust.in(roots);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable List<X509Certificate> roots(TlsAim asked) {
        try {
            if (asked.caFile() != null) {
                return Pem.certificates(Path.of(asked.caFile()));
            }
            return asked.shown() == null
                    ? null
                    : List.of(Pem.certificates(asked.shown()).getFirst());
        } catch (Pem.UnfitFile unfit) {
            new Check().that(false, "/tls/caFile", unfit.why()).done();
            throw new IllegalStateException(unfit);
        }
    }
}
