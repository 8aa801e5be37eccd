package io.echorack.model.run;

import io.echorack.model.Check;
import io.echorack.model.spec.Tls;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a test client speaks TLS; what is null is left to its default.
///
/// @param verify whether the target's certificate must be trusted; true unless said
/// @param serverName what the target is called (SNI), and its certificate must be good for
/// @param alpn the protocols that are offered
/// @param caFile a PEM file with the certificates that the target's must lead to
/// @param shown the certificate that a server of ours shows, in PEM form: it is trusted, whatever its names
public record TlsAim(
        @Nullable Boolean verify,
        @Nullable String serverName,
        @Nullable List<String> alpn,
        @Nullable String caFile,
        @Nullable String shown) {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    public TlsAim {
        alpn = alpn == null ? null : List.copyOf(alpn);
        new Check()
                .that(
                        serverName == null || NAME.matcher(serverName).matches(),
                        "/serverName",
                        "must be a host name")
                .that(Tls.areProtocols(alpn), "/alpn", Tls.PROTOCOLS)
                .that(Tls.isAbsolute(caFile), "/caFile", "must be an absolute path")
                .done();
    }

    public boolean verifies() {
        return verify == null || verify;
    }

    public List<String> speaks() {
        return alpn == null ? List.of() : alpn;
    }

    /// The same for a server that shows this certificate.
    public TlsAim at(String certificate) {
        return new TlsAim(verify, serverName, alpn, caFile, certificate);
    }
}
