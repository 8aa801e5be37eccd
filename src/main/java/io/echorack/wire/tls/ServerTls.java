package io.echorack.wire.tls;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.TlsSession;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.Tls;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// One server's TLS: its certificate and key, and a handler for each of its connections.
///
/// Thread: any.
public final class ServerTls {
    private static final char[] NO_PASSWORD = {};

    /// Reads a file, or says why it won't do.
    private interface Reading<T> {
        T read(Path file) throws Pem.UnfitFile;
    }

    private final Tls asked;
    private final Certificate certificate;
    private final SSLContext context;

    private ServerTls(Tls asked, Credentials own, @Nullable List<X509Certificate> clientRoots) {
        this.asked = asked;
        certificate = Shown.certificate(own.chain());
        try {
            context = SSLContext.getInstance("TLS");
            TrustManager[] clients =
                    clientRoots == null
                            ? new TrustManager[] {new AnyPeer()}
                            : Trust.in(clientRoots);
            context.init(keys(own), clients, null);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        context.getServerSessionContext().setSessionCacheSize(Ceilings.TLS_SESSIONS);
    }

    /// What the spec asks for, if it asks for TLS; a `Problem` names every file that won't do.
    public static Optional<ServerTls> of(ServerSpec spec, SelfSigned selfSigned) {
        @Nullable Tls tls = spec.tls();
        if (tls == null) {
            return Optional.empty();
        }
        Check check = new Check();
        @Nullable List<X509Certificate> roots =
                read(check, "/tls/clientCaFile", tls.clientCaFile(), Pem::certificates);
        @Nullable Credentials own =
                switch (tls.certifies()) {
                    case SELF_SIGNED -> selfSigned.of(spec.address());
                    case FILES -> given(check, tls);
                };
        check.done();
        return Optional.of(new ServerTls(tls, Objects.requireNonNull(own), roots));
    }

    public Certificate certificate() {
        return certificate;
    }

    /// Adds a connection's own handlers, which go in front of all others.
    public SslHandler join(ChannelPipeline pipeline) {
        SSLEngine engine = engine();
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(Ceilings.TLS_HANDSHAKE_MILLIS);
        pipeline.addLast(new LastWord(engine), handler);
        return handler;
    }

    /// What a handler's handshake agreed on.
    public static TlsSession session(SslHandler handler) {
        return Shown.session(handler.engine());
    }

    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters wanted = engine.getSSLParameters();
        wanted.setProtocols(
                Arrays.stream(Tls.Version.values())
                        .filter(version -> version.compareTo(asked.atLeast()) >= 0)
                        .map(Tls.Version::text)
                        .toArray(String[]::new));
        wanted.setApplicationProtocols(asked.speaks().toArray(String[]::new));
        switch (asked.asksClients()) {
            case NONE -> wanted.setWantClientAuth(false);
            case WANT -> wanted.setWantClientAuth(true);
            case NEED -> wanted.setNeedClientAuth(true);
        }
        engine.setSSLParameters(wanted);
        return engine;
    }

    private static @Nullable Credentials given(Check check, Tls tls) {
        @Nullable List<X509Certificate> chain =
                read(check, "/tls/certificateFile", tls.certificateFile(), Pem::certificates);
        var key = read(check, "/tls/keyFile", tls.keyFile(), Pem::key);
        if (chain == null || key == null) {
            return null;
        }
        Credentials given = new Credentials(key, chain);
        check.that(given.fit(), "/tls/keyFile", "is not the key of the first certificate");
        check.that(
                given.lead(),
                "/tls/certificateFile",
                "must hold the server's certificate first, and then those that each leads to");
        return given;
    }

    private static <T> @Nullable T read(
            Check check, String pointer, @Nullable String file, Reading<T> reading) {
        try {
            return file == null ? null : reading.read(Path.of(file));
        } catch (Pem.UnfitFile unfit) {
            check.that(false, pointer, unfit.why());
            return null;
        }
    }

    private static KeyManager[] keys(Credentials own) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", own.key(), NO_PASSWORD, own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }
}
