package io.echorack.json;

import io.echorack.model.spec.Capture;
import io.echorack.model.spec.Cidr;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.Limits;
import io.echorack.model.spec.Payload;
import io.echorack.model.spec.Protocol;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads specs and what they are made of.
public final class SpecReader {
    private static final Map<String, Protocol> PROTOCOLS =
            ordered(Map.entry("tcp", Protocol.TCP), Map.entry("udp", Protocol.UDP));
    private static final Map<String, IoModel> IO_MODELS =
            Arrays.stream(IoModel.values())
                    .collect(
                            Collectors.toMap(
                                    IoModel::text,
                                    one -> one,
                                    (one, _) -> one,
                                    LinkedHashMap::new));
    private static final Map<String, Framing.Order> ORDERS =
            ordered(
                    Map.entry("bigEndian", Framing.Order.BIG_ENDIAN),
                    Map.entry("littleEndian", Framing.Order.LITTLE_ENDIAN));
    private static final Map<String, Capture.Extent> EXTENTS =
            ordered(
                    Map.entry("full", Capture.Extent.FULL),
                    Map.entry("head", Capture.Extent.HEAD),
                    Map.entry("none", Capture.Extent.NONE));

    private static final Double NO_BOUND = Double.POSITIVE_INFINITY;

    private SpecReader() {}

    static ServerSpec spec(Fields fields) {
        @Nullable String name = fields.text("name");
        if (name != null && name.isEmpty()) {
            fields.wrong("name", "must not be empty; leave it out to have one made up");
        }
        return new ServerSpec(
                name == null ? "" : name,
                fields.text("note"),
                protocol(fields),
                fields.text("host"),
                fields.integer("port"),
                fields.bool("autoStart"),
                fields.object("behavior", BehaviorReader::behavior),
                framing(fields),
                fields.choice("ioModel", IO_MODELS),
                fields.object("socket", SpecReader::socket),
                fields.object("limits", SpecReader::limits),
                fields.object("tls", TlsReader::tls),
                fields.list("faults", FaultReader::fault),
                fields.object("capture", SpecReader::capture));
    }

    public static @Nullable Protocol protocol(Fields fields) {
        return fields.choice("protocol", PROTOCOLS);
    }

    public static @Nullable Framing framing(Fields fields) {
        return fields.object("framing", SpecReader::framingOf);
    }

    public static @Nullable Payload payload(Fields fields, String name) {
        return fields.object(name, SpecReader::payloadOf);
    }

    static @Nullable Payload payloadOf(Fields fields) {
        List<Payload> given = new ArrayList<>();
        for (Payload.Form form : Payload.Form.values()) {
            @Nullable String written = fields.text(form.text());
            if (written != null) {
                given.add(new Payload(form, written));
            }
        }
        if (given.size() != 1) {
            fields.wrong("text", "give exactly one of text, hex and base64");
            return null;
        }
        return given.getFirst();
    }

    static @Nullable Framing framingOf(Fields fields) {
        @Nullable String type = fields.text("type");
        return switch (type == null ? "" : type) {
            case "raw" -> new Framing.Raw();
            case "delimiter" ->
                    new Framing.Delimiter(
                            payload(fields, "delimiter"), fields.integer("maxFrameBytes"));
            case "lengthPrefix" ->
                    new Framing.LengthPrefix(
                            fields.integer("lengthBytes"),
                            fields.choice("byteOrder", ORDERS),
                            fields.bool("includesPrefix"),
                            fields.integer("maxFrameBytes"));
            case "fixed" ->
                    new Framing.Fixed(
                            fields.integer("frameBytes"), fields.integer("maxFrameBytes"));
            default -> {
                unknownType(fields, "raw, delimiter, lengthPrefix, fixed");
                yield null;
            }
        };
    }

    private static SocketOptions socket(Fields fields) {
        return new SocketOptions(
                fields.bool("reuseAddress"),
                fields.integer("backlog"),
                fields.integer("receiveBufferBytes"),
                fields.integer("sendBufferBytes"),
                fields.bool("tcpNoDelay"),
                fields.bool("keepAlive"),
                fields.integer("lingerSeconds"),
                fields.integer("readBufferBytes"),
                fields.integer("datagramBufferBytes"),
                fields.bool("reusePort"),
                fields.integer("dscp"),
                fields.integer("ttl"));
    }

    private static Limits limits(Fields fields) {
        return new Limits(
                fields.integer("maxConnections"),
                fields.integer("idleTimeoutMs"),
                fields.integer("maxLifetimeMs"),
                fields.number("maxBytesPerConnection"),
                fields.integer("maxMessagesPerSecondPerPeer"),
                fields.bool("loopGuard"),
                // Null is no bound, which is not the same as nothing said.
                fields.isNull("amplification") ? NO_BOUND : fields.decimal("amplification"),
                fields.integer("muteAfterEchoes"),
                fields.texts("allow", Cidr::new),
                fields.texts("deny", Cidr::new));
    }

    private static Capture capture(Fields fields) {
        return new Capture(fields.choice("payload", EXTENTS), fields.integer("headBytes"));
    }

    /// The other fields of an object whose type is unknown are not looked at: they may be right for what was meant.
    static void unknownType(Fields fields, String types) {
        fields.takeAll();
        fields.wrong("type", "must be one of " + types);
    }

    @SafeVarargs
    static <T> Map<String, T> ordered(Map.Entry<String, T>... entries) {
        Map<String, T> ordered = new LinkedHashMap<>();
        for (Map.Entry<String, T> entry : entries) {
            ordered.put(entry.getKey(), entry.getValue());
        }
        return ordered;
    }
}
