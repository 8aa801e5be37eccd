package io.echorack.json;

import io.echorack.model.spec.Tls;
import io.echorack.model.spec.Tls.ClientAuth;
import io.echorack.model.spec.Tls.Mode;
import io.echorack.model.spec.Tls.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads what a server's TLS is to be.
final class TlsReader {
    private static final Map<String, Mode> MODES = words(Mode.values(), Mode::text);
    private static final Map<String, ClientAuth> CLIENT_AUTHS =
            words(ClientAuth.values(), ClientAuth::text);
    private static final Map<String, Version> VERSIONS = words(Version.values(), Version::text);

    private TlsReader() {}

    static Tls tls(Fields fields) {
        return new Tls(
                fields.choice("mode", MODES),
                fields.text("certificateFile"),
                fields.text("keyFile"),
                fields.choice("clientAuth", CLIENT_AUTHS),
                fields.text("clientCaFile"),
                fields.choice("minVersion", VERSIONS),
                fields.texts("alpn", Function.identity()));
    }

    private static <T> Map<String, T> words(T[] values, Function<T, String> text) {
        return Arrays.stream(values)
                .collect(
                        Collectors.toMap(
                                text,
                                Function.identity(),
                                (one, _) -> one,
                                java.util.LinkedHashMap::new));
    }
}
