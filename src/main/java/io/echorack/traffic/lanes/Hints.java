package io.echorack.traffic.lanes;

import io.echorack.model.engine.ConnectionView;
import io.echorack.model.spec.Framing;
import io.echorack.traffic.Pages;
import io.echorack.traffic.TrafficLog;
import io.echorack.traffic.lanes.Hint.Code;
import io.echorack.traffic.lanes.Sample.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says where a framing looks like the wrong one for what came.
public final class Hints {
    /// Bytes without a delimiter that are many, even where there were messages before.
    private static final int MANY_BYTES = 1_024;

    private final Sample sample;
    private final List<Hint> hints = new ArrayList<>();

    private Hints(Sample sample) {
        this.sample = sample;
    }

    /// What to think of a connection under this framing; nothing where all looks right.
    public static List<Hint> of(
            TrafficLog log, Lanes lanes, ConnectionView connection, Framing framing) {
        boolean isRaw = framing instanceof Framing.Raw;
        return of(Sample.of(new Pages(log), lanes, connection, isRaw), framing);
    }

    static List<Hint> of(Sample sample, Framing framing) {
        Hints hints = new Hints(sample);
        switch (framing) {
            case Framing.Raw _ -> hints.raw();
            case Framing.Delimiter delimiter -> hints.delimiter(delimiter);
            case Framing.LengthPrefix prefix -> hints.lengthPrefix(prefix);
            case Framing.Fixed fixed -> hints.fixed(fixed);
        }
        return hints.hints;
    }

    /// Lines that did not come one a read.
    private void raw() {
        StringBuilder all = new StringBuilder();
        for (Piece read : sample.reads()) {
            if (!Bytes.areText(read.bytes())) {
                return;
            }
            all.append(Bytes.latin(read.bytes()));
        }
        String end = all.indexOf("\r\n") >= 0 ? "\r\n" : "\n";
        for (int i = 0; i < sample.reads().size() && all.indexOf(end) >= 0; i++) {
            Piece read = sample.reads().get(i);
            boolean isLast = i == sample.reads().size() - 1;
            if (isNoLine(Bytes.latin(read.bytes()), read.whole() && !isLast)) {
                add(
                        Code.LINES_UNDER_RAW,
                        read.offset(),
                        "What came are lines, but not one line a read; without a framing every read is a message.",
                        Map.of(),
                        new Framing.Delimiter(Bytes.payload(end), null));
                return;
            }
        }
    }

    /// Whether a read holds the end of a line and more, or no end at all.
    private static boolean isNoLine(String read, boolean goesOn) {
        int end = read.indexOf('\n');
        return end < 0 ? goesOn : end < read.length() - 1;
    }

    /// A delimiter that does not come, while perhaps another does.
    private void delimiter(Framing.Delimiter framing) {
        byte[] head = withoutBegun(framing.bytes());
        boolean many = sample.leftover() >= MANY_BYTES;
        if (head.length == 0 || (sample.messages() > 0 && !many)) {
            return;
        }
        String wanted = Bytes.shown(framing.bytes());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("delimiter", wanted);
        values.put("bytes", head.length);
        String sentence =
                "The delimiter %s has not come in %,d bytes".formatted(wanted, head.length);
        @Nullable String other = Bytes.endIn(head).orElse(null);
        if (other != null) {
            int times = Bytes.count(head, other);
            values.put("other", Bytes.shown(other));
            values.put("times", times);
            add(
                    Code.DELIMITER_NOT_SEEN,
                    sample.offset(),
                    "%s; %s has (%,d×).".formatted(sentence, Bytes.shown(other), times),
                    values,
                    new Framing.Delimiter(Bytes.payload(other), framing.maxFrameBytes()));
        } else if (many) {
            add(Code.DELIMITER_NOT_SEEN, sample.offset(), sentence + ".", values, null);
        }
    }

    /// The head without the beginning of a delimiter at its end, which may still go on.
    private byte[] withoutBegun(byte[] delimiter) {
        byte[] head = sample.head();
        for (int begun = Math.min(delimiter.length - 1, head.length); begun > 0; begun--) {
            int from = head.length - begun;
            if (Arrays.equals(head, from, head.length, delimiter, 0, begun)) {
                return Arrays.copyOf(head, from);
            }
        }
        return head;
    }

    /// A length that can hardly be meant.
    private void lengthPrefix(Framing.LengthPrefix framing) {
        if (sample.head().length < framing.width()) {
            return;
        }
        Prefix prefix = Prefix.of(framing, sample.head());
        boolean first = sample.messages() == 0;
        if (prefix.isText() && (first || prefix.isBeyondBound())) {
            prefixIsText(prefix);
        } else if (prefix.isBelowItself()) {
            String sentence = prefix.told() + ", fewer than it has itself, which count too.";
            add(
                    Code.LENGTH_BELOW_PREFIX,
                    sample.offset(),
                    sentence,
                    prefix.values(),
                    prefix.notCountingItself());
        } else if (first && prefix.isMetInOtherOrder(sample.leftover())) {
            otherOrder(prefix);
        } else if (prefix.isBeyondBound()) {
            beyondBound(prefix);
        }
    }

    private void prefixIsText(Prefix prefix) {
        Map<String, Object> values = prefix.values();
        values.put("text", Bytes.shown(prefix.bytes()));
        add(
                Code.PREFIX_IS_TEXT,
                sample.offset(),
                "%s, but reads as text: %s".formatted(prefix.told(), values.get("text")),
                values,
                Bytes.endIn(sample.head())
                        .map(end -> new Framing.Delimiter(Bytes.payload(end), null))
                        .orElse(null));
    }

    private void otherOrder(Prefix prefix) {
        Map<String, Object> values = prefix.values();
        values.put("other", prefix.other());
        add(
                Code.OTHER_BYTE_ORDER,
                sample.offset(),
                "%s; in the other byte order %,d, and so many came."
                        .formatted(prefix.told(), prefix.other()),
                values,
                prefix.inOtherOrder());
    }

    private void beyondBound(Prefix prefix) {
        Map<String, Object> values = prefix.values();
        values.put("bound", prefix.framing().bound());
        add(
                Code.LENGTH_BEYOND_BOUND,
                sample.offset(),
                "%s; maxFrameBytes is %,d.".formatted(prefix.told(), prefix.framing().bound()),
                values,
                prefix.fitsInOtherOrder() ? prefix.inOtherOrder() : null);
    }

    /// A client that has ended with part of a message.
    private void fixed(Framing.Fixed framing) {
        if (sample.ended() && sample.leftover() > 0) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("bytes", sample.leftover());
            values.put("frameBytes", framing.length());
            add(
                    Code.NOT_A_MULTIPLE,
                    sample.offset(),
                    "The client has ended after %,d of the %,d bytes of a message."
                            .formatted(sample.leftover(), framing.length()),
                    values,
                    null);
        }
    }

    private void add(
            Code code,
            long offset,
            String sentence,
            Map<String, Object> values,
            @Nullable Framing suggestion) {
        hints.add(new Hint(code.text(), sentence, offset, values, suggestion));
    }
}
