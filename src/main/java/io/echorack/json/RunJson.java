package io.echorack.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectReader;
import io.echorack.model.run.Run;
import io.echorack.model.run.RunReport;
import io.echorack.model.run.RunReport.Tally;
import io.echorack.model.run.RunReport.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// How runs are written: flat for those who ask, and as it stands for the store.
public final class RunJson {
    private static final ObjectReader STORED = Json.MAPPER.readerFor(RunReport.class);

    private RunJson() {}

    /// A run with its timeline.
    public static String whole(Run run) {
        return text(Optional.empty(), run, true);
    }

    /// A run as it stands in a list.
    public static String line(Run run) {
        return text(Optional.empty(), run, false);
    }

    /// A run as a message to viewers.
    public static String message(String type, Run run) {
        return text(Optional.of(type), run, false);
    }

    public static String stored(RunReport report) {
        return Json.write(report);
    }

    /// Throws where it was written by a program that stored otherwise.
    public static RunReport restored(String text) throws IOException {
        return STORED.readValue(text);
    }

    private static String text(Optional<String> type, Run run, boolean timeline) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = Json.MAPPER.createGenerator(text)) {
            to.writeStartObject();
            if (type.isPresent()) {
                to.writeStringField("type", type.get());
            }
            write(to, run, timeline);
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator to, Run run, boolean timeline) throws IOException {
        RunReport report = run.report();
        to.writeStringField("id", run.id());
        to.writeObjectField("spec", run.spec());
        to.writeStringField("target", run.target());
        to.writeStringField("protocol", run.protocol().text());
        to.writeObjectField("server", run.server());
        to.writeStringField("state", report.state().text());
        to.writeObjectField("reason", report.reason());
        to.writeObjectField("startedAt", report.startedAt());
        to.writeObjectField("endedAt", report.endedAt());
        to.writeNumberField("elapsedMs", report.elapsedMs());
        to.writeNumberField("progress", report.progress());
        to.writeNullField("passed");
        to.writeBooleanField("verified", report.verified());
        write(to, report.tally());
        write(to, report.times());
        to.writeNullField("lossLedger");
        to.writeObjectField("firstMismatch", report.firstMismatch());
        to.writeObjectField("serviceTimeBuckets", report.buckets());
        if (timeline) {
            to.writeObjectField("timeline", report.timeline());
        }
    }

    private static void write(JsonGenerator to, Tally tally) throws IOException {
        to.writeNumberField("sent", tally.sent());
        to.writeNumberField("received", tally.received());
        to.writeNumberField("lost", tally.lost());
        to.writeNumberField("outstanding", tally.outstanding());
        to.writeObjectField("late", tally.late());
        to.writeObjectField("duplicates", tally.duplicates());
        to.writeObjectField("reordered", tally.reordered());
        to.writeNumberField("corrupted", tally.corrupted());
        to.writeNumberField("truncated", tally.truncated());
        to.writeNumberField("retries", 0);
        to.writeObjectField("errors", tally.errors());
        to.writeNumberField("bytesSent", tally.bytesSent());
        to.writeNumberField("bytesReceived", tally.bytesReceived());
        to.writeNumberField("achievedRatePerSecond", tally.achievedRatePerSecond());
    }

    /// In a closed loop a message is meant to go when it goes: both clocks are one, and there is no timer to be late.
    private static void write(JsonGenerator to, Times times) throws IOException {
        to.writeObjectField("connectNanos", times.connect());
        to.writeObjectField("firstByteNanos", times.firstByte());
        to.writeObjectField("serviceTimeNanos", times.service());
        to.writeObjectField("responseTimeNanos", times.service());
        to.writeNullField("timerErrorNanos");
        to.writeObjectField("jitterNanos", times.jitterNanos());
    }
}
