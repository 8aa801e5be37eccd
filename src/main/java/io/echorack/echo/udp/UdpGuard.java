package io.echorack.echo.udp;

import io.echorack.echo.loop.Pace;
import io.echorack.model.spec.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decides whether a peer's datagram is answered: not where two servers would answer each other for ever, where a
/// small datagram under a false address would bring much to who has it, or where too many come.
///
/// Thread: its socket's loop.
final class UdpGuard {
    private static final int WELL_KNOWN_PORTS = 1_024;
    private static final long MUTE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// An IP header and UDP's (RFC 791, RFC 8200, RFC 768).
    private static final int HEADERS_4 = 20 + 8;

    private static final int HEADERS_6 = 40 + 8;

    private final InetSocketAddress peer;
    private final OwnSockets ownSockets;
    private final int headers;
    private final Pace pace = new Pace();
    private long changesSeen = -1;
    private boolean loops;
    private long bytesIn;
    private long bytesOut;
    private int lastAnswer;
    private int lastLength = -1;
    private int echoes;
    private long mutedAt;
    private boolean muted;

    UdpGuard(InetSocketAddress peer, OwnSockets ownSockets) {
        this.peer = peer;
        this.ownSockets = ownSockets;
        headers = peer.getAddress() instanceof Inet6Address ? HEADERS_6 : HEADERS_4;
    }

    /// Why a datagram from there is not looked at, or null.
    @Nullable String refusesQuestion(ByteBuf datagram, Limits limits, long now) {
        bytesIn += datagram.readableBytes() + headers;
        if (limits.guardsLoops() && makesLoop()) {
            return "loopGuard: an answer to "
                    + (peer.getPort() < WELL_KNOWN_PORTS
                            ? "a port below 1024"
                            : "another server or to many at once")
                    + " could come back for ever";
        }
        if (isMuted(datagram, limits, now)) {
            return "muteAfterEchoes: it sends our own answers back";
        }
        @Nullable Integer most = limits.maxMessagesPerSecondPerPeer();
        if (most != null && !pace.hasRoom(now, most)) {
            return "maxMessagesPerSecondPerPeer, %,d, were answered".formatted(most);
        }
        pace.count();
        return null;
    }

    /// Why an answer does not go there, or null where it goes.
    @Nullable String refusesAnswer(ByteBuf answer, Limits limits) {
        InetAddress address = peer.getAddress();
        long length = answer.readableBytes() + (long) headers;
        OptionalDouble most = limits.amplificationTo(address);
        if (most.isPresent() && bytesOut + length > most.getAsDouble() * bytesIn) {
            return "amplification: more than %s bytes out for each byte in"
                    .formatted(most.getAsDouble());
        }
        bytesOut += length;
        if (limits.echoesFrom(address).isPresent()) {
            lastAnswer = ByteBufUtil.hashCode(answer);
            lastLength = answer.readableBytes();
        }
        return null;
    }

    private boolean makesLoop() {
        if (changesSeen != ownSockets.changes()) {
            changesSeen = ownSockets.changes();
            InetAddress address = peer.getAddress();
            loops =
                    peer.getPort() < WELL_KNOWN_PORTS
                            || address.isMulticastAddress()
                            || isBroadcast(address)
                            || ownSockets.holds(peer);
        }
        return loops;
    }

    private boolean isMuted(ByteBuf datagram, Limits limits, long now) {
        OptionalInt most = limits.echoesFrom(peer.getAddress());
        if (most.isEmpty()) {
            return false;
        }
        if (muted && now - mutedAt < MUTE_NANOS) {
            return true;
        }
        boolean echo =
                datagram.readableBytes() == lastLength
                        && ByteBufUtil.hashCode(datagram) == lastAnswer;
        echoes = echo ? echoes + 1 : 0;
        muted = echoes >= most.getAsInt();
        if (muted) {
            mutedAt = now;
            echoes = 0;
        }
        return muted;
    }

    private static boolean isBroadcast(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
    }
}
