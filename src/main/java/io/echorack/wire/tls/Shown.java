package io.echorack.wire.tls;

import io.echorack.model.Address;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.TlsSession;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What of TLS is shown to users: a certificate, and what a handshake agreed on.
final class Shown {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Shown() {}

    static Certificate certificate(List<X509Certificate> chain) {
        X509Certificate first = chain.getFirst();
        return new Certificate(
                sha256(first),
                first.getSubjectX500Principal().getName(),
                first.getIssuerX500Principal().getName(),
                first.getNotBefore().toInstant(),
                first.getNotAfter().toInstant(),
                names(first),
                chain.stream().map(Pem::text).collect(Collectors.joining()));
    }

    static TlsSession session(SSLEngine engine) {
        SSLSession session = engine.getSession();
        @Nullable String protocol = engine.getApplicationProtocol();
        return new TlsSession(
                session.getProtocol(),
                session.getCipherSuite(),
                sni(session),
                protocol == null || protocol.isEmpty() ? null : protocol,
                peer(session));
    }

    private static @Nullable String sni(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static @Nullable String peer(SSLSession session) {
        try {
            return ((X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private static String sha256(X509Certificate certificate) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names.stream().flatMap(Shown::name).toList();
        } catch (CertificateParsingException strange) {
            return List.of();
        }
    }

    private static Stream<String> name(List<?> kindAndName) {
        return switch ((Integer) kindAndName.getFirst()) {
            case DNS_NAME -> Stream.of((String) kindAndName.get(1));
            case IP_ADDRESS ->
                    Stream.of(Address.text(InetAddress.ofLiteral((String) kindAndName.get(1))));
            default -> Stream.of();
        };
    }
}
