package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.echorack.model.spec.Payload.Form;
import io.echorack.model.traffic.Miss;
import io.echorack.model.traffic.TrafficEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON object with a list of events, written as they come, and a few figures behind it.
///
/// Thread: its writer's.
public final class EventsText {
    private final StringWriter text = new StringWriter();
    private final Optional<Form> as;
    private final JsonGenerator to;

    /// Begins one; `head` stands before the events.
    public EventsText(Map<String, ?> head, Optional<Form> as) {
        this.as = as;
        try {
            to = Json.MAPPER.createGenerator(text);
            to.writeStartObject();
            writeAll(head);
            to.writeArrayFieldStart("events");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public void add(TrafficEvent event) {
        try {
            EventJson.write(to, event, as);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Ends the events; those that nearly were among them follow.
    public void addNearest(List<Miss> misses) {
        try {
            to.writeEndArray();
            to.writeArrayFieldStart("nearest");
            for (Miss miss : misses) {
                to.writeStartObject();
                to.writeStringField("missed", miss.missed());
                to.writeFieldName("event");
                EventJson.write(to, miss.event(), as);
                to.writeEndObject();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public String end(Map<String, ?> tail) {
        try {
            to.writeEndArray();
            writeAll(tail);
            to.writeEndObject();
            to.close();
            return text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void writeAll(Map<String, ?> members) throws IOException {
        for (Map.Entry<String, ?> member : members.entrySet()) {
            to.writeObjectField(member.getKey(), member.getValue());
        }
    }
}
