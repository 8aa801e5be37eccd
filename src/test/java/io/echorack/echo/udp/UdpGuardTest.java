package io.echorack.echo.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.spec.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whom a UDP server answers; addresses from the blocks for documentation (RFC 5737, RFC 3849), and no sockets.
class UdpGuardTest {
    private static final String STRANGER = "192.0.2.7";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final OwnSockets ownSockets = new OwnSockets();

    @Test
    void aPortBelow1024OrManyAtOnceOrAServerOfOursIsNotAnswered() {
        assertLoop(STRANGER, 1_023);
        assertLoop("224.0.0.1", 5_000);
        assertLoop("255.255.255.255", 5_000);
        assertNull(question(guard(STRANGER, 1_024), "x", Limits.DEFAULTS, 0));
        UdpGuard guard = guard("127.0.0.1", 9_000);
        assertNull(question(guard, "x", Limits.DEFAULTS, 0));
        ownSockets.add(address("127.0.0.1", 9_000));
        assertNotNull(question(guard, "x", Limits.DEFAULTS, 0));
        ownSockets.remove(address("127.0.0.1", 9_000));
        assertNull(question(guard, "x", Limits.DEFAULTS, 0));
        ownSockets.add(address("0.0.0.0", 9_000));
        assertNotNull(question(guard, "x", Limits.DEFAULTS, 0));
        assertNull(question(guard(STRANGER, 9_000), "x", Limits.DEFAULTS, 0));
        Limits off = limits(null, false, null, null);
        assertNull(question(guard(STRANGER, 7), "x", off, 0));
    }

    @Test
    void noMoreGoesOutToAStrangerThanThreeTimesWhatCameInHeadersCounted() {
        UdpGuard guard = guard(STRANGER, 5_000);
        assertNull(question(guard, "x".repeat(72), Limits.DEFAULTS, 0));
        // 100 bytes came with their headers: 300 may go, 28 of each answer are headers.
        assertNull(answer(guard, "y".repeat(172), Limits.DEFAULTS));
        assertNotNull(answer(guard, "y".repeat(73), Limits.DEFAULTS));
        assertNull(answer(guard, "y".repeat(72), Limits.DEFAULTS));
        assertNotNull(answer(guard, "", Limits.DEFAULTS));
        assertNotNull(answer(guard("2001:db8::1", 5_000), "", Limits.DEFAULTS));
        assertNull(answer(guard("127.0.0.1", 5_000), "y".repeat(60_000), Limits.DEFAULTS));
        Limits off = limits(null, null, Double.POSITIVE_INFINITY, null);
        assertNull(answer(guard(STRANGER, 5_000), "y".repeat(60_000), off));
    }

    @Test
    void oneThatSendsOurAnswersBackIsLeftAloneForAMinute() {
        UdpGuard guard = guard(STRANGER, 5_000);
        int answered = echoes(guard, 100, Limits.DEFAULTS);
        assertTrue(answered >= 32 && answered <= 64, "" + answered);
        assertNotNull(question(guard, "other", Limits.DEFAULTS, 59 * SECOND));
        assertNull(question(guard, "other", Limits.DEFAULTS, 61 * SECOND));
        assertEquals(100, echoes(guard("127.0.0.1", 5_000), 100, Limits.DEFAULTS));
        assertTrue(echoes(guard("127.0.0.1", 5_000), 100, limits(null, null, null, 5)) <= 10);
    }

    @Test
    void beyondItsRateAPeerIsNotAnsweredInThatSecond() {
        Limits two = limits(2, null, null, null);
        UdpGuard guard = guard("127.0.0.1", 5_000);
        long now = System.nanoTime();
        assertNull(question(guard, "x", two, now));
        assertNull(question(guard, "x", two, now));
        assertNotNull(question(guard, "x", two, now + SECOND / 2));
        assertNull(question(guard, "x", two, now + SECOND));
    }

    /// A peer that echoes; says how many of its datagrams were answered.
    private int echoes(UdpGuard guard, int rounds, Limits limits) {
        int answered = 0;
        for (int i = 0; i < rounds; i++) {
            if (question(guard, "ping", limits, 0) == null
                    && answer(guard, "ping", limits) == null) {
                answered++;
            }
        }
        return answered;
    }

    private void assertLoop(String host, int port) {
        assertNotNull(question(guard(host, port), "x", Limits.DEFAULTS, 0), host + ":" + port);
    }

    private UdpGuard guard(String host, int port) {
        return new UdpGuard(address(host, port), ownSockets);
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static @Nullable String question(UdpGuard guard, String text, Limits limits, long now) {
        return guard.refusesQuestion(bytes(text), limits, now);
    }

    private static @Nullable String answer(UdpGuard guard, String text, Limits limits) {
        return guard.refusesAnswer(bytes(text), limits);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Limits limits(
            @Nullable Integer rate,
            @Nullable Boolean loopGuard,
            @Nullable Double amplification,
            @Nullable Integer echoes) {
        return new Limits(
                null, null, null, null, rate, loopGuard, amplification, echoes, null, null);
    }
}
