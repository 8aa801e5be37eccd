package io.echorack.model.run;

import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A target made sure of: resolved once, allowed, and with what is taken to happen there.
///
/// @param server its name, where it is one of ours
/// @param tls how TLS is spoken to it, if at all
/// @param behaves what it is taken to do with a message
public record Aim(
        InetSocketAddress address,
        Protocol protocol,
        Framing framing,
        Behavior behaves,
        Optional<String> server,
        Optional<TlsAim> tls) {}
