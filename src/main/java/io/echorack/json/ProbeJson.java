package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.echorack.model.Address;
import io.echorack.model.run.ProbeOrder;
import io.echorack.model.run.ProbeReport;
import io.echorack.model.spec.Payload.Form;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How a probe's report is written.
public final class ProbeJson {
    private ProbeJson() {}

    public static String text(ProbeOrder order, ProbeReport report, Optional<Form> as) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = Json.MAPPER.createGenerator(text)) {
            write(to, order, report, as);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(
            JsonGenerator to, ProbeOrder order, ProbeReport report, Optional<Form> as)
            throws IOException {
        to.writeStartObject();
        to.writeStringField("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
        to.writeObjectField("detail", report.detail().isEmpty() ? null : report.detail());
        to.writeStringField("target", Address.text(order.aim().address()));
        to.writeStringField("protocol", order.aim().protocol().text());
        to.writeObjectField("framing", order.aim().framing());
        PayloadForm.write(to, "sent", report.sent(), as, true);
        to.writeNumberField("sentBytes", report.sent().length);
        PayloadForm.write(to, "received", report.received(), as, true);
        to.writeNumberField("receivedBytes", report.received().length);
        to.writeObjectField("reads", report.reads());
        to.writeObjectField("matches", report.matches().orElse(null));
        to.writeObjectField("firstDifference", report.firstDifference().orElse(null));
        to.writeObjectField("connectNanos", orNull(report.connectNanos()));
        to.writeObjectField("firstByteNanos", orNull(report.firstByteNanos()));
        to.writeNumberField("totalNanos", report.totalNanos());
        to.writeEndObject();
    }

    private static @Nullable Long orNull(OptionalLong nanos) {
        return nanos.isPresent() ? (Long) nanos.getAsLong() : null;
    }
}
