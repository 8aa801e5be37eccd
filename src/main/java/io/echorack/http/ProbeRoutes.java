package io.echorack.http;

import io.echorack.client.Prober;
import io.echorack.json.Fields;
import io.echorack.json.ProbeJson;
import io.echorack.json.RunReader;
import io.echorack.json.SpecReader;
import io.echorack.json.TlsReader;
import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import io.echorack.model.run.Aim;
import io.echorack.model.run.ProbeOrder;
import io.echorack.model.run.Target;
import io.echorack.model.run.TlsAim;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.Payload.Form;
import io.echorack.model.spec.Protocol;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/v1/probe`: one exchange with a server of the rack, or with whatever listens on loopback.
final class ProbeRoutes {
    private static final int DEFAULT_MILLIS = 2_000;

    /// A probe as asked for.
    private record Body(
            @Nullable Target target,
            @Nullable Protocol protocol,
            @Nullable Payload payload,
            @Nullable Framing framing,
            @Nullable TlsAim tls,
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

    private final Prober prober;
    private final Aiming aiming;

    ProbeRoutes(Prober prober, Aiming aiming) {
        this.prober = prober;
        this.aiming = aiming;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/probe", this::probe);
    }

    private void probe(Context context) {
        Optional<Form> as = Asked.form(context);
        Body body = Asked.body(context).read(ProbeRoutes::body);
        Aim aim =
                aiming.at(
                        Objects.requireNonNull(body.target()),
                        body.protocol(),
                        body.framing(),
                        body.tls());
        byte[] content = Objects.requireNonNull(body.payload()).bytes();
        ProbeOrder order = new ProbeOrder(aim, content, Duration.ofMillis(body.timeoutMs()));
        Answers.text(context, ProbeJson.text(order, prober.probe(order), as));
    }

    private static Body body(Fields fields) {
        @Nullable Integer timeout = fields.integer("timeoutMs");
        return new Body(
                RunReader.target(fields),
                SpecReader.protocol(fields),
                SpecReader.payload(fields, "payload"),
                SpecReader.framing(fields),
                TlsReader.aim(fields),
                timeout == null ? DEFAULT_MILLIS : timeout);
    }
}
