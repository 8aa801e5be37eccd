package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// UDP servers, from outside, with plain sockets.
class UdpEchoTest extends OneProgram {
    private int echo;

    @BeforeAll
    void startServers() {
        echo = rack.start("{\"name\": \"echo\", \"protocol\": \"udp\"}");
    }

    @Test
    void theTransportIsTheOneThisRunIsFor() {
        String asked = System.getProperty("echorack.test.transport", "");
        boolean askedIsThere =
                Transport.named(asked).filter(one -> one.lack().isEmpty()).isPresent();
        boolean withoutNative = Boolean.getBoolean("io.netty.transport.noNative");
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        assertEquals(
                askedIsThere ? asked : withoutNative || !linux ? "nio" : "epoll",
                rack.get("/info").body().path("transport").asText());
    }

    @Test
    void aClientLikeTheCoursesGetsItsDatagramBack() throws IOException {
        assertEquals("hola udp", new String(exchange(echo, "hola udp".getBytes(UTF_8)), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2_047, 2_048, 2_049, 9_000, 65_506, 65_507})
    void aDatagramOfAnyLengthComesBackWhole(int length) throws IOException {
        byte[] sent = new byte[length];
        new Random(length).nextBytes(sent);
        assertArrayEquals(sent, exchange(echo, sent));
    }

    @Test
    void aDatagramLongerThanTheBufferIsCutAndItSaysHowMuchWent() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "short", "protocol": "udp", "socket": {"datagramBufferBytes": 10}}
                        """);
        assertEquals(
                "0123456789", new String(exchange(port, "0123456789abc".getBytes(UTF_8)), UTF_8));
        JsonNode event = rack.events("server:short kind:datagram dir:in", 1).get(0);
        assertEquals(10, event.path("length").asInt());
        assertEquals(3, event.path("truncatedBytes").asInt());
        assertEquals(3, rack.counter("short", "truncatedBytes"));
    }

    @Test
    void behaviorsAnswerDatagramsToo() throws IOException {
        int upper =
                rack.start(
                        "{\"name\": \"upper\", \"protocol\": \"udp\", \"behavior\": {\"type\": \"uppercase\"}}");
        assertEquals("ABC 1", new String(exchange(upper, "abc 1".getBytes(UTF_8)), UTF_8));
        int reply =
                rack.start(
                        """
                        {"name": "pong", "protocol": "udp",
                         "behavior": {"type": "reply", "payload": {"text": "pong"}}}
                        """);
        assertEquals("pong", new String(exchange(reply, "ping".getBytes(UTF_8)), UTF_8));
    }

    @Test
    void aPeerIsAConnectionAndTheOneLongestSilentIsForgottenAtTheCeiling() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "peers", "protocol": "udp", "limits": {"maxConnections": 2}}
                        """);
        for (int i = 0; i < 3; i++) {
            exchange(port, "x".getBytes(UTF_8));
        }
        assertEquals(2, rack.get("/servers/peers").body().at("/status/connections").asInt());
        JsonNode closed = rack.events("server:peers kind:connectionClosed", 1).get(0);
        assertEquals("limit", closed.path("closeKind").asText());
        assertEquals(3, rack.get("/connections?server=peers").body().path("connections").size());
    }

    @Test
    void aSilentPeerIsForgotten() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "silent", "protocol": "udp", "limits": {"idleTimeoutMs": 50}}
                        """);
        exchange(port, "x".getBytes(UTF_8));
        JsonNode closed = rack.events("server:silent kind:connectionClosed", 1).get(0);
        assertEquals("idleTimeout", closed.path("closeKind").asText());
    }

    private static byte[] exchange(int port, byte[] sent) throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            client.send(
                    new DatagramPacket(sent, sent.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
            client.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }
}
