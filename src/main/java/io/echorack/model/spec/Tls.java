package io.echorack.model.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a TCP server's TLS is to be (RFC 8446); what is null is left to its default.
///
/// @param certificateFile a PEM file with the certificate and those that lead to it
/// @param keyFile a PEM file with its key, PKCS#8
/// @param alpn the protocols that it speaks, the best first (RFC 7301)
public record Tls(
        @Nullable Mode mode,
        @Nullable String certificateFile,
        @Nullable String keyFile,
        @Nullable ClientAuth clientAuth,
        @Nullable Version minVersion,
        @Nullable List<String> alpn) {

    /// Where the certificate comes from.
    public enum Mode {
        SELF_SIGNED("selfSigned"),
        FILES("files");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// Whether clients are asked for a certificate, and whether they must have one.
    public enum ClientAuth {
        NONE("none"),
        WANT("want"),
        NEED("need");

        private final String text;

        ClientAuth(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// A version of the protocol.
    public enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Tls {
        alpn = alpn == null ? null : List.copyOf(alpn);
    }
}
