package io.echorack.model.spec;

import io.echorack.model.Ceilings;
import io.echorack.model.Check;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a server bears; what is null is left to its default.
///
/// @param maxConnections connections, or known udp peers, at once
/// @param idleTimeoutMs without a byte either way, then it is closed; 0: never
/// @param maxLifetimeMs of a connection (tcp)
/// @param maxBytesPerConnection that a client may send (tcp)
/// @param maxMessagesPerSecondPerPeer a tcp client waits then, a datagram beyond is not answered
/// @param loopGuard whether what would make two servers answer each other for ever is left unanswered (udp)
/// @param amplification bytes out for each byte in, headers counted, to peers that are not loopback (udp; RFC 9000
///     §8.1); infinite: off
/// @param muteAfterEchoes answers that a peer sends back in a row before it is left alone for a minute (udp)
/// @param allow whom it answers; everybody where there is none
/// @param deny whom it does not answer all the same
public record Limits(
        @Nullable Integer maxConnections,
        @Nullable Integer idleTimeoutMs,
        @Nullable Integer maxLifetimeMs,
        @Nullable Long maxBytesPerConnection,
        @Nullable Integer maxMessagesPerSecondPerPeer,
        @Nullable Boolean loopGuard,
        @Nullable Double amplification,
        @Nullable Integer muteAfterEchoes,
        @Nullable List<Cidr> allow,
        @Nullable List<Cidr> deny) {
    public static final Limits DEFAULTS =
            new Limits(null, null, null, null, null, null, null, null, null, null);

    private static final int DEFAULT_CONNECTIONS = 1_000;
    private static final int DAY_MILLIS = 86_400_000;
    private static final int MOST_MESSAGES = 1_000_000;
    private static final int MOST_ECHOES = 1_000_000;
    private static final double DEFAULT_AMPLIFICATION = 3.0;
    private static final int DEFAULT_ECHOES = 32;

    public Limits {
        new Check()
                .range("/maxConnections", maxConnections, 1, Ceilings.CONNECTIONS_PER_SERVER)
                .range("/idleTimeoutMs", idleTimeoutMs, 0, DAY_MILLIS)
                .range("/maxLifetimeMs", maxLifetimeMs, 1, DAY_MILLIS)
                .range("/maxBytesPerConnection", maxBytesPerConnection, 1, Long.MAX_VALUE)
                .range(
                        "/maxMessagesPerSecondPerPeer",
                        maxMessagesPerSecondPerPeer,
                        1,
                        MOST_MESSAGES)
                .that(
                        amplification == null || amplification >= 1,
                        "/amplification",
                        "must be at least 1, or null for no bound")
                .range("/muteAfterEchoes", muteAfterEchoes, 1, MOST_ECHOES)
                .that(fits(allow), "/allow", "must be at most %,d".formatted(Ceilings.CIDRS))
                .that(fits(deny), "/deny", "must be at most %,d".formatted(Ceilings.CIDRS))
                .done();
    }

    public int connections() {
        return maxConnections == null ? DEFAULT_CONNECTIONS : maxConnections;
    }

    /// Milliseconds without a byte either way before a connection is closed; 0: never.
    public int idleMillis() {
        return idleTimeoutMs == null ? 0 : idleTimeoutMs;
    }

    public boolean guardsLoops() {
        return loopGuard == null || loopGuard;
    }

    /// Bytes out for each byte in; nothing where any number will do.
    public OptionalDouble amplificationTo(InetAddress peer) {
        double most = amplification == null ? DEFAULT_AMPLIFICATION : amplification;
        return peer.isLoopbackAddress() || Double.isInfinite(most)
                ? OptionalDouble.empty()
                : OptionalDouble.of(most);
    }

    /// Our own answers in a row before a peer is left alone; nothing where it never is.
    public OptionalInt echoesFrom(InetAddress peer) {
        if (muteAfterEchoes != null) {
            return OptionalInt.of(muteAfterEchoes);
        }
        return peer.isLoopbackAddress() ? OptionalInt.empty() : OptionalInt.of(DEFAULT_ECHOES);
    }

    /// Whether an address may talk to the server: `deny` stands above `allow`.
    public boolean admits(InetAddress address) {
        boolean allowed = allow == null || allow.isEmpty() || holds(allow, address);
        return allowed && (deny == null || !holds(deny, address));
    }

    /// A field that only makes sense for the other protocol, or nothing.
    @Nullable String strangeTo(Protocol protocol) {
        if (protocol == Protocol.UDP) {
            return maxLifetimeMs != null
                    ? "maxLifetimeMs"
                    : maxBytesPerConnection != null ? "maxBytesPerConnection" : null;
        }
        if (loopGuard != null) {
            return "loopGuard";
        }
        return amplification != null
                ? "amplification"
                : muteAfterEchoes != null ? "muteAfterEchoes" : null;
    }

    private static boolean holds(List<Cidr> list, InetAddress address) {
        return list.stream().anyMatch(block -> block.holds(address));
    }

    private static boolean fits(@Nullable List<Cidr> list) {
        return list == null || list.size() <= Ceilings.CIDRS;
    }
}
