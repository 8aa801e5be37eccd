package io.echorack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// Java's own TLS, as a client that trusts a server's certificate and nothing else.
final class TlsClient {
    private final SSLContext context;

    TlsClient(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "server",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static TlsClient of(Running rack, String server) {
        return new TlsClient(rack.get("/servers/" + server + "/certificate.pem").text());
    }

    /// TLS on a connection that is there already, and stays in the caller's hand.
    SSLSocket over(Socket tcp) throws IOException {
        return (SSLSocket)
                context.getSocketFactory().createSocket(tcp, "127.0.0.1", tcp.getPort(), false);
    }

    /// A connection to 127.0.0.1, whose certificate must be good for that address.
    SSLSocket connect(int port, String... versions) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout((int) Running.PATIENCE.toMillis());
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        SSLParameters checked = socket.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checked);
        return socket;
    }
}
