package io.echorack.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.echorack.model.engine.Certificate;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView;
import io.echorack.model.engine.ServerState;
import io.echorack.model.engine.ServerStatus;
import io.echorack.model.engine.ServerView;
import io.echorack.model.run.Mode;
import io.echorack.model.run.RunPayload;
import io.echorack.model.run.RunSpec;
import io.echorack.model.run.RunState;
import io.echorack.model.run.Target;
import io.echorack.model.run.Verify;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Capture;
import io.echorack.model.spec.Cidr;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.Limits;
import io.echorack.model.spec.Match;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.Rule;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import io.echorack.model.spec.Tls;
import io.echorack.model.traffic.Direction;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/// The one mapper: how the model's records are written, and how strictly a body is read.
public final class Json {
    static final ObjectMapper MAPPER = mapper();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("No JSON form of " + value.getClass(), impossible);
        }
    }

    private static ObjectMapper mapper() {
        SimpleModule forms = new SimpleModule();
        text(forms, Instant.class, Instant::toString);
        text(forms, Protocol.class, Protocol::text);
        text(forms, Framing.Order.class, Framing.Order::text);
        text(forms, Capture.Extent.class, Capture.Extent::text);
        text(forms, Behavior.Otherwise.class, word -> word.name().toLowerCase(Locale.ROOT));
        text(forms, Cidr.class, Cidr::text);
        text(forms, IoModel.class, IoModel::text);
        text(forms, Tls.Mode.class, Tls.Mode::text);
        text(forms, Tls.ClientAuth.class, Tls.ClientAuth::text);
        text(forms, Tls.Version.class, Tls.Version::text);
        text(forms, ServerState.class, ServerState::text);
        text(forms, CloseKind.class, CloseKind::text);
        text(forms, ServerStatus.Applied.class, applied -> applied.name().toLowerCase(Locale.ROOT));
        text(forms, ConnectionView.Side.class, ConnectionView.Side::text);
        text(
                forms,
                ConnectionView.State.class,
                state ->
                        switch (state) {
                            case OPEN -> "open";
                            case HALF_CLOSED -> "halfClosed";
                            case CLOSED -> "closed";
                        });
        text(forms, RunState.class, RunState::text);
        text(forms, Mode.class, Mode::text);
        text(forms, Verify.class, Verify::text);
        forms.addSerializer(Payload.class, new Written.OfPayload());
        forms.addSerializer(Behavior.Greeting.class, new Written.OfGreeting());
        forms.addSerializer(Fault.class, new Written.OfFault());
        forms.addSerializer(Match.class, new Written.OfMatch());
        text(forms, Direction.class, Direction::text);
        text(forms, Effect.Shape.class, shape -> shape.name().toLowerCase(Locale.ROOT));
        forms.addSerializer(RunPayload.Given.class, new Written.OfGiven());
        forms.addDeserializer(Instant.class, new WrittenInstant());
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
                .addModule(forms)
                .addMixIn(ServerSpec.class, Asked.class)
                .addMixIn(SocketOptions.class, Asked.class)
                .addMixIn(Limits.class, AskedLimits.class)
                .addMixIn(Capture.class, Asked.class)
                .addMixIn(Tls.class, Asked.class)
                .addMixIn(Certificate.class, ShownCertificate.class)
                .addMixIn(Behavior.class, Typed.class)
                .addMixIn(Rule.class, Asked.class)
                .addMixIn(Effect.class, Asked.class)
                .addMixIn(Rule.When.class, Asked.class)
                .addMixIn(Framing.class, Typed.class)
                .addMixIn(ServerView.class, Always.class)
                .addMixIn(RunSpec.class, Asked.class)
                .addMixIn(Target.class, Asked.class)
                .addMixIn(RunPayload.class, Asked.class)
                .build()
                .registerModule(subtypes());
    }

    private static SimpleModule subtypes() {
        SimpleModule names = new SimpleModule("names");
        names.registerSubtypes(
                new NamedType(Behavior.Echo.class, "echo"),
                new NamedType(Behavior.Uppercase.class, "uppercase"),
                new NamedType(Behavior.Reverse.class, "reverse"),
                new NamedType(Behavior.Discard.class, "discard"),
                new NamedType(Behavior.Chargen.class, "chargen"),
                new NamedType(Behavior.Daytime.class, "daytime"),
                new NamedType(Behavior.Time.class, "time"),
                new NamedType(Behavior.Qotd.class, "qotd"),
                new NamedType(Behavior.Rules.class, "rules"),
                new NamedType(Behavior.Info.class, "info"),
                new NamedType(Behavior.EchoPlus.class, "echoPlus"),
                new NamedType(Behavior.Reply.class, "reply"),
                new NamedType(Framing.Raw.class, "raw"),
                new NamedType(Framing.Delimiter.class, "delimiter"),
                new NamedType(Framing.LengthPrefix.class, "lengthPrefix"),
                new NamedType(Framing.Fixed.class, "fixed"));
        return names;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> form) {
        module.addSerializer(
                type,
                new JsonSerializer<>() {
                    @Override
                    public void serialize(T value, JsonGenerator to, SerializerProvider provider)
                            throws IOException {
                        to.writeString(form.apply(value));
                    }
                });
    }

    /// What was not asked for is not written.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface Asked {}

    /// No bound on amplification is asked for by null.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    interface AskedLimits {
        @JsonSerialize(using = NullForNoBound.class)
        Double amplification();
    }

    private static final class NullForNoBound extends JsonSerializer<Double> {
        @Override
        public void serialize(Double bound, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            if (bound.isInfinite()) {
                to.writeNull();
            } else {
                to.writeNumber(bound);
            }
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private interface Always {}

    /// The certificate itself has an address of its own.
    @JsonIgnoreProperties("pem")
    private interface ShownCertificate {}

    /// One of several, told apart by its `type`.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface Typed {}

    private static final class WrittenInstant extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser from, DeserializationContext context)
                throws IOException {
            return Instant.parse(from.getText());
        }
    }
}
