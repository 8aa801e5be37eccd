package io.echorack.json;

import io.echorack.model.run.TlsAim;
import io.echorack.model.spec.Tls;
import io.echorack.model.spec.Tls.ClientAuth;
import io.echorack.model.spec.Tls.Mode;
import io.echorack.model.spec.Tls.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what a server's TLS is to be, or a test client's.
public final class TlsReader {
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

    public static @Nullable TlsAim aim(Fields fields) {
        return fields.object("tls", TlsReader::aimOf);
    }

    private static TlsAim aimOf(Fields fields) {
        return new TlsAim(
                fields.bool("verify"),
                fields.text("serverName"),
                fields.texts("alpn", Function.identity()),
                fields.text("caFile"),
                null);
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
