package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a TCP server's TLS is to be (RFC 8446); what is null is left to its default.
///
/// @param certificateFile a PEM file with the certificate and those that lead to it
/// @param keyFile a PEM file with its key, not encrypted
/// @param clientCaFile a PEM file with the certificates that a client's must lead to; without it a client's may be any
/// @param alpn the protocols that it speaks, the best first (RFC 7301)
public record Tls(
        @Nullable Mode mode,
        @Nullable String certificateFile,
        @Nullable String keyFile,
        @Nullable ClientAuth clientAuth,
        @Nullable String clientCaFile,
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

    /// A protocol's name goes by one byte of length (RFC 7301 §3.1).
    private static final int ALPN_LENGTH = 255;

    /// What a list of such names must be.
    public static final String PROTOCOLS =
            "must be at most %,d names, each but once, of 1 to %,d printable ASCII characters"
                    .formatted(Ceilings.ALPN_PROTOCOLS, ALPN_LENGTH);

    public Tls {
        alpn = alpn == null ? null : List.copyOf(alpn);
        boolean files = mode == Mode.FILES;
        boolean asks = clientAuth == ClientAuth.WANT || clientAuth == ClientAuth.NEED;
        new Check()
                .that(files == (certificateFile != null), "/certificateFile", ofFiles(files))
                .that(files == (keyFile != null), "/keyFile", ofFiles(files))
                .that(isAbsolute(certificateFile), "/certificateFile", "must be an absolute path")
                .that(isAbsolute(keyFile), "/keyFile", "must be an absolute path")
                .that(isAbsolute(clientCaFile), "/clientCaFile", "must be an absolute path")
                .that(
                        clientCaFile == null || asks,
                        "/clientCaFile",
                        "goes with the clientAuth want or need")
                .that(areProtocols(alpn), "/alpn", PROTOCOLS)
                .done();
    }

    public Mode certifies() {
        return mode == null ? Mode.SELF_SIGNED : mode;
    }

    public ClientAuth asksClients() {
        return clientAuth == null ? ClientAuth.NONE : clientAuth;
    }

    public Version atLeast() {
        return minVersion == null ? Version.TLS_1_2 : minVersion;
    }

    public List<String> speaks() {
        return alpn == null ? List.of() : alpn;
    }

    private static String ofFiles(boolean files) {
        return files ? "is needed with the mode files" : "goes with the mode files";
    }

    /// Whether ALPN can name these.
    public static boolean areProtocols(@Nullable List<String> names) {
        return names == null
                || (names.size() <= Ceilings.ALPN_PROTOCOLS
                        && names.stream().allMatch(Tls::isProtocol)
                        && Set.copyOf(names).size() == names.size());
    }

    /// Whether it says where a file is wherever the program was started.
    public static boolean isAbsolute(@Nullable String file) {
        try {
            return file == null || Path.of(file).isAbsolute();
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    private static boolean isProtocol(String name) {
        return !name.isEmpty()
                && name.length() <= ALPN_LENGTH
                && name.chars().allMatch(character -> character >= ' ' && character <= '~');
    }
}
