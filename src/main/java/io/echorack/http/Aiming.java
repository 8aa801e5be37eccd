package io.echorack.http;

import io.echorack.client.Targets;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerView;
import io.echorack.model.run.Aim;
import io.echorack.model.run.Target;
import io.echorack.model.run.TlsAim;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import io.echorack.rack.Rack;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes sure of a target: a server of the rack as it runs now, or an address that may be fired at.
final class Aiming {
    private final Targets targets;
    private final Rack rack;

    Aiming(Targets targets, Rack rack) {
        this.targets = targets;
        this.rack = rack;
    }

    /// What was left out is as the named server has it; elsewhere it is tcp, raw and an echo.
    Aim at(
            Target target,
            @Nullable Protocol protocol,
            @Nullable Framing framing,
            @Nullable TlsAim tls) {
        new Check().that(tls == null || protocol != Protocol.UDP, "/tls", "is for tcp").done();
        if (target.server() != null) {
            return at(running(target.server()), protocol, framing, tls);
        }
        InetSocketAddress address =
                targets.allowed(
                        Objects.requireNonNull(target.host()),
                        Objects.requireNonNull(target.port()));
        return new Aim(
                address,
                protocol == null ? Protocol.TCP : protocol,
                framing == null ? new Framing.Raw() : framing,
                new Behavior.Echo(),
                Optional.empty(),
                Optional.ofNullable(tls));
    }

    private Aim at(
            ServerView server,
            @Nullable Protocol asked,
            @Nullable Framing framing,
            @Nullable TlsAim tls) {
        Protocol protocol = server.spec().transport();
        Optional<Certificate> shown = Optional.ofNullable(server.status().tls());
        TlsAim wanted = tls == null ? new TlsAim(null, null, null, null, null) : tls;
        new Check()
                .that(
                        asked == null || asked == protocol,
                        "/protocol",
                        "is " + protocol.text() + " for this server")
                .that(
                        framing == null || protocol == Protocol.TCP,
                        "/framing",
                        "is for tcp, and this server is udp")
                .that(tls == null || shown.isPresent(), "/tls", "is not what this server speaks")
                .done();
        return new Aim(
                addressOf(server),
                protocol,
                framing == null ? server.spec().frames() : framing,
                server.spec().behaves(),
                Optional.of(server.name()),
                shown.map(certificate -> wanted.at(certificate.pem())));
    }

    private ServerView running(String name) {
        ServerView server = rack.server(name);
        if (server.status().state() != ServerState.RUNNING) {
            throw new Problem(Problem.Code.NOT_RUNNING, name + " is not running; start it first.");
        }
        return server;
    }

    /// Where a server of ours is reached from here: one that listens everywhere, on loopback.
    private InetSocketAddress addressOf(ServerView server) {
        InetSocketAddress bound =
                new InetSocketAddress(server.status().host(), server.status().port());
        if (bound.getAddress().isAnyLocalAddress()) {
            String loopback = server.status().host().contains(":") ? "::1" : "127.0.0.1";
            return targets.allowed(loopback, bound.getPort());
        }
        return targets.allowed(server.status().host(), bound.getPort());
    }
}
