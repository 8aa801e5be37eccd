package io.echorack.http;

import io.echorack.client.Prober;
import io.echorack.client.Targets;
import io.echorack.json.Fields;
import io.echorack.json.ProbeJson;
import io.echorack.json.SpecReader;
import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.Problem;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerView;
import io.echorack.model.run.ProbeOrder;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.Payload.Form;
import io.echorack.model.spec.Protocol;
import io.echorack.rack.Rack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/v1/probe`: one exchange with a server of the rack, or with whatever listens on loopback.
final class ProbeRoutes {
    private static final int DEFAULT_MILLIS = 2_000;

    /// A probe as asked for; the target is a server's name, or a host and a port.
    private record Body(
            @Nullable Target target,
            @Nullable Protocol protocol,
            @Nullable Payload payload,
            @Nullable Framing framing,
            int timeoutMs) {
        Body {
            new Check()
                    .that(
                            target != null,
                            "/target",
                            "is needed: a server's name, or a host and a port")
                    .that(payload != null, "/payload", "is needed: what to send")
                    .range("/timeoutMs", timeoutMs, 1, Ceilings.PROBE_MILLIS)
                    .that(protocol != Protocol.UDP || framing == null, "/framing", "is for tcp")
                    .done();
        }
    }

    private record Target(@Nullable String server, @Nullable String host, @Nullable Integer port) {
        Target {
            new Check()
                    .that(
                            server != null ^ host != null,
                            "",
                            "must be either a server or a host with a port")
                    .that(server != null || port != null, "/port", "is needed with a host")
                    .that(server == null || port == null, "/port", "goes with a host")
                    .range("/port", port, 1, 65_535)
                    .done();
        }
    }

    private final Prober prober;
    private final Targets targets;
    private final Rack rack;

    ProbeRoutes(Prober prober, Targets targets, Rack rack) {
        this.prober = prober;
        this.targets = targets;
        this.rack = rack;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/probe", this::probe);
    }

    private void probe(Context context) {
        Optional<Form> as = Asked.form(context);
        ProbeOrder order = order(Asked.body(context).read(ProbeRoutes::body));
        Answers.text(context, ProbeJson.text(order, prober.probe(order), as));
    }

    private ProbeOrder order(Body body) {
        Target target = Objects.requireNonNull(body.target());
        byte[] content = Objects.requireNonNull(body.payload()).bytes();
        Duration timeout = Duration.ofMillis(body.timeoutMs());
        if (target.server() != null) {
            ServerView server = running(target.server());
            Protocol protocol = server.spec().transport();
            checkNotOther(body.protocol(), protocol);
            Framing framing = body.framing() == null ? server.spec().frames() : body.framing();
            return new ProbeOrder(
                    addressOf(server),
                    protocol,
                    content,
                    framing,
                    server.spec().behaves(),
                    true,
                    timeout);
        }
        InetSocketAddress address =
                targets.allowed(
                        Objects.requireNonNull(target.host()),
                        Objects.requireNonNull(target.port()));
        return new ProbeOrder(
                address,
                body.protocol() == null ? Protocol.TCP : body.protocol(),
                content,
                body.framing() == null ? new Framing.Raw() : body.framing(),
                new Behavior.Echo(),
                false,
                timeout);
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

    private static void checkNotOther(@Nullable Protocol asked, Protocol protocol) {
        new Check()
                .that(
                        asked == null || asked == protocol,
                        "/protocol",
                        "is " + protocol.text() + " for this server")
                .done();
    }

    private static Body body(Fields fields) {
        fields.notYet("tls");
        @Nullable Integer timeout = fields.integer("timeoutMs");
        return new Body(
                fields.object("target", ProbeRoutes::target),
                SpecReader.protocol(fields),
                SpecReader.payload(fields, "payload"),
                SpecReader.framing(fields),
                timeout == null ? DEFAULT_MILLIS : timeout);
    }

    private static Target target(Fields fields) {
        return new Target(fields.text("server"), fields.text("host"), fields.integer("port"));
    }
}
