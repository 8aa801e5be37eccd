package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A server as it was asked for, and nothing else: what is null was left to its default. An empty name is made up by the rack.
public record ServerSpec(
        String name,
        @Nullable String note,
        @Nullable Protocol protocol,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Boolean autoStart,
        @Nullable Behavior behavior,
        @Nullable Framing framing,
        @Nullable IoModel ioModel,
        @Nullable SocketOptions socket,
        @Nullable Limits limits,
        @Nullable Tls tls,
        @Nullable List<Fault> faults,
        @Nullable Capture capture) {

    public static final String LOOPBACK = "127.0.0.1";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final int NOTE_LENGTH = 2_000;

    public ServerSpec {
        faults = faults == null ? null : List.copyOf(faults);
        boolean udp = protocol == Protocol.UDP;
        SocketOptions asked = socket == null ? SocketOptions.DEFAULTS : socket;
        @Nullable String strange =
                limits == null ? null : limits.strangeTo(udp ? Protocol.UDP : Protocol.TCP);
        new Check()
                .that(
                        name.isEmpty() || NAME.matcher(name).matches(),
                        "/name",
                        "must be 1 to 63 of a-z, 0-9, '.', '_' and '-', the first a letter or digit")
                .length("/note", note, NOTE_LENGTH)
                .that(isAddress(host), "/host", "must be an IPv4 or IPv6 address or localhost")
                .range("/port", port, 0, 65_535)
                .that(!udp || framing == null, "/framing", "is for tcp: a datagram is a message")
                .that(
                        !udp || replyBytes(behavior) <= Ceilings.DATAGRAM_BYTES,
                        "/behavior",
                        "must answer what fits a datagram: %,d bytes"
                                .formatted(Ceilings.DATAGRAM_BYTES))
                .that(
                        !udp || !(behavior instanceof Behavior.Greeting),
                        "/behavior/banner",
                        "is for tcp: nobody is there to speak to first")
                .that(
                        udp || !(cored(behavior) instanceof Behavior.EchoPlus),
                        "/behavior/type",
                        "echoPlus is for udp")
                .that(
                        !udp
                                || !(behavior instanceof Behavior.Rules rules)
                                || rules.elsewhere() != Behavior.Otherwise.CLOSE,
                        "/behavior/otherwise",
                        "close is for tcp")
                .that(!udp || asked.backlog() == null, "/socket/backlog", "is for tcp")
                .that(!udp || asked.tcpNoDelay() == null, "/socket/tcpNoDelay", "is for tcp")
                .that(!udp || asked.keepAlive() == null, "/socket/keepAlive", "is for tcp")
                .that(!udp || asked.lingerSeconds() == null, "/socket/lingerSeconds", "is for tcp")
                .that(
                        !udp || asked.readBufferBytes() == null,
                        "/socket/readBufferBytes",
                        "is for tcp")
                .that(
                        udp || asked.datagramBufferBytes() == null,
                        "/socket/datagramBufferBytes",
                        "is for udp")
                .that(!udp || tls == null, "/tls", "is for tcp")
                .that(
                        tls == null || ioModel == null || ioModel == IoModel.EVENT_LOOP,
                        "/tls",
                        "goes with the ioModel eventLoop")
                .that(strange == null, "/limits/" + strange, "is for " + (udp ? "tcp" : "udp"))
                .that(!udp || !blocks(ioModel), "/ioModel", "is for tcp")
                .that(
                        !blocks(ioModel) || asked.ttl() == null,
                        "/socket/ttl",
                        "is for the eventLoop: Java's blocking sockets can't be asked for it")
                .that(
                        ioModel != IoModel.VIRTUAL_THREADS || !asked.lingers(),
                        "/socket/lingerSeconds",
                        "is not for virtualThreads: a close(2) that lingers holds up the threads they run on")
                .all(Fault.wrong(faults == null ? List.of() : faults, udp, blocks(ioModel)))
                .done();
    }

    public ServerSpec named(String given) {
        return new ServerSpec(
                given, note, protocol, host, port, autoStart, behavior, framing, ioModel, socket,
                limits, tls, faults, capture);
    }

    public Protocol transport() {
        return protocol == null ? Protocol.TCP : protocol;
    }

    public String address() {
        return host == null ? LOOPBACK : host;
    }

    public int portOrAny() {
        return port == null ? 0 : port;
    }

    public boolean startsByItself() {
        return autoStart == null || autoStart;
    }

    public Behavior behaves() {
        return behavior == null ? new Behavior.Echo() : behavior;
    }

    public Framing frames() {
        return framing == null ? new Framing.Raw() : framing;
    }

    public SocketOptions options() {
        return socket == null ? SocketOptions.DEFAULTS : socket;
    }

    public IoModel waits() {
        return ioModel == null ? IoModel.EVENT_LOOP : ioModel;
    }

    public List<Fault> suffers() {
        return faults == null ? List.of() : faults;
    }

    /// Its faults with their names, in their order.
    public List<Fault.Named> namedFaults() {
        return IntStream.range(0, suffers().size())
                .mapToObj(i -> new Fault.Named(suffers().get(i).idAt(i), suffers().get(i)))
                .toList();
    }

    public Limits bears() {
        return limits == null ? Limits.DEFAULTS : limits;
    }

    public Capture captures() {
        return capture == null ? Capture.DEFAULTS : capture;
    }

    /// Whether a running server can become the other without a new bind.
    public boolean sameSocketAs(ServerSpec other) {
        return transport() == other.transport()
                && address().equals(other.address())
                && portOrAny() == other.portOrAny()
                && waits() == other.waits()
                && Objects.equals(tls, other.tls)
                && Objects.equals(options().boundOnes(), other.options().boundOnes());
    }

    private static boolean blocks(@Nullable IoModel model) {
        return model != null && model.blocks();
    }

    private static int replyBytes(@Nullable Behavior behavior) {
        return switch (behavior) {
            case Behavior.Reply reply -> reply.bytes().length;
            case Behavior.Rules rules -> rules.longestReply();
            case null, default -> 0;
        };
    }

    private static @Nullable Behavior cored(@Nullable Behavior behavior) {
        return behavior == null ? null : behavior.core();
    }

    private static boolean isAddress(@Nullable String host) {
        if (host == null || host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host) != null;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
