package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.echorack.model.Address;
import io.echorack.model.spec.Payload.Form;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.TrafficEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;

/// How an event is written.
public final class EventJson {
    private EventJson() {}

    public static String text(TrafficEvent event, Optional<Form> as) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = Json.MAPPER.createGenerator(text)) {
            write(to, event, as);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    static void write(JsonGenerator to, TrafficEvent event, Optional<Form> as) throws IOException {
        to.writeStartObject();
        to.writeNumberField("seq", event.seq());
        to.writeStringField("at", event.at().toString());
        to.writeStringField("kind", event.kind().text());
        writeOrigin(to, event.origin());
        if (event.direction() != Direction.NONE) {
            to.writeStringField("direction", event.direction().text());
            to.writeNumberField("length", event.length());
            writePlace(to, event);
            to.writeNumberField("payloadBytes", event.captured());
            if (event.captured() > 0) {
                boolean whole = event.payload().length == event.length();
                PayloadForm.write(to, "payload", event.payload(), as, whole);
            }
        }
        for (Map.Entry<String, Object> more : event.detail().entrySet()) {
            boolean isList = more.getKey().equals("faults");
            Object value = more.getValue();
            to.writeObjectField(more.getKey(), isList ? value.toString().split(" ", -1) : value);
        }
        to.writeEndObject();
    }

    private static void writeOrigin(JsonGenerator to, Origin origin) throws IOException {
        if (!origin.server().isEmpty()) {
            to.writeStringField("server", origin.server());
        }
        if (origin.connection() != Origin.NO_CONNECTION) {
            to.writeStringField("connection", Origin.connectionName(origin.connection()));
        }
        if (origin.peer() != null) {
            to.writeStringField("peer", Address.text(origin.peer()));
        }
    }

    private static void writePlace(JsonGenerator to, TrafficEvent event) throws IOException {
        if (event.kind() != EventKind.DATAGRAM && event.kind() != EventKind.FAULT) {
            to.writeNumberField("offset", event.offset());
        }
        if (event.kind() == EventKind.READ) {
            to.writeNumberField("n", event.firstRead());
        }
        if (event.kind() == EventKind.FRAME) {
            to.writeNumberField("firstRead", event.firstRead());
            to.writeNumberField("lastRead", event.lastRead());
        }
    }
}
