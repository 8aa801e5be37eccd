package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.echorack.model.run.RunPayload;
import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Fault;
import io.echorack.model.spec.Match;
import io.echorack.model.spec.Payload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Forms that a record's fields alone don't give.
final class Written {
    private Written() {}

    /// `{"text": "…"}`, as it was written.
    static final class OfPayload extends JsonSerializer<Payload> {
        @Override
        public void serialize(Payload payload, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            to.writeStartObject();
            to.writeStringField(payload.form().text(), payload.written());
            to.writeEndObject();
        }

        @Override
        public void serializeWithType(
                Payload payload, JsonGenerator to, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(payload, to, provider);
        }
    }

    /// A behavior with its `banner` beside what it is else.
    static final class OfGreeting extends JsonSerializer<Behavior.Greeting> {
        @Override
        public void serialize(
                Behavior.Greeting greeting, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            ObjectNode behavior = Json.MAPPER.valueToTree(greeting.then());
            behavior.set("banner", Json.MAPPER.valueToTree(greeting.banner()));
            to.writeTree(behavior);
        }

        @Override
        public void serializeWithType(
                Behavior.Greeting greeting,
                JsonGenerator to,
                SerializerProvider provider,
                TypeSerializer type)
                throws IOException {
            serialize(greeting, to, provider);
        }
    }

    /// A run's payload that is given looks like any other.
    static final class OfGiven extends JsonSerializer<RunPayload.Given> {
        @Override
        public void serialize(RunPayload.Given given, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            to.writePOJO(given.payload());
        }
    }

    /// A fault with what it does beside the rest.
    static final class OfFault extends JsonSerializer<Fault> {
        @Override
        public void serialize(Fault fault, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            ObjectNode node = Json.MAPPER.createObjectNode();
            put(node, "id", fault.id());
            node.put("type", fault.effect().type());
            node.setAll(Json.MAPPER.<ObjectNode>valueToTree(fault.effect()));
            put(node, "direction", fault.direction());
            put(node, "probability", fault.probability());
            put(node, "seed", fault.seed());
            put(node, "match", fault.match());
            to.writeTree(node);
        }

        private static void put(ObjectNode node, String name, @Nullable Object value) {
            if (value != null) {
                node.set(name, Json.MAPPER.valueToTree(value));
            }
        }
    }

    /// What a fault strikes; one message by its number, one connection by its own or by its name.
    static final class OfMatch extends JsonSerializer<Match> {
        @Override
        public void serialize(Match match, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            to.writeStartObject();
            if (match.peer() != null) {
                to.writeStringField("peer", match.peer().text());
            }
            if (match.connection() != null) {
                to.writeFieldName("connection");
                writeNumberOrText(to, match.connection());
            }
            if (match.message() != null) {
                List<Integer> range = match.message();
                to.writeObjectField("message", range.size() == 1 ? range.getFirst() : range);
            }
            to.writeEndObject();
        }

        private static void writeNumberOrText(JsonGenerator to, String connection)
                throws IOException {
            if (connection.startsWith("c")) {
                to.writeString(connection);
            } else {
                to.writeNumber(Long.parseLong(connection));
            }
        }
    }
}
