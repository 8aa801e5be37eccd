package io.echorack.model.run;

import io.echorack.model.Check;
import org.jspecify.annotations.Nullable;

/// Where a test client fires, as asked for: a server of the rack by its name, or a host and a port.
public record Target(@Nullable String server, @Nullable String host, @Nullable Integer port) {
    public Target {
        new Check()
                .that(
                        server != null ^ host != null,
                        "",
                        "must be either a server or a host with a port")
                .that(host == null || port != null, "/port", "is needed with a host")
                .that(server == null || port == null, "/port", "goes with a host")
                .that(host == null || !host.isBlank(), "/host", "must not be empty")
                .range("/port", port, 1, 65_535)
                .done();
    }
}
