package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was asked of the kernel for a server's sockets, what it granted, and what of it comes over the wire.
class SocketOptionsTest extends OneProgram {
    private boolean epoll;

    @BeforeEach
    void empty() {
        rack.post("/reset", "");
        epoll = rack.get("/info").body().path("transport").asText().equals("epoll");
    }

    @ParameterizedTest
    @CsvSource({"tcp, 127.0.0.1", "tcp, ::1", "tcp, 0.0.0.0", "udp, 127.0.0.1", "udp, ::1"})
    void whatIsAskedForIsGranted(String protocol, String host) {
        String ttl = epoll ? ", \"ttl\": 3" : "";
        String spec =
                """
                {"protocol": "%s", "host": "%s", "socket": {"reusePort": true, "dscp": 46%s}}
                """
                        .formatted(protocol, host, ttl);
        JsonNode granted = rack.post("/servers", spec).body().at("/status/socket");
        assertEquals(true, granted.path("reusePort").asBoolean());
        assertEquals(46, granted.path("dscp").asInt());
        assertEquals(epoll ? 3 : 0, granted.path("ttl").asInt());
    }

    @Test
    void withoutThemTheSystemsOwnHold() {
        for (String protocol : new String[] {"tcp", "udp"}) {
            JsonNode granted =
                    rack.post("/servers", "{\"protocol\": \"" + protocol + "\"}")
                            .body()
                            .at("/status/socket");
            assertEquals(false, granted.path("reusePort").asBoolean(true));
            assertEquals(0, granted.path("dscp").asInt(-1));
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp", "udp"})
    void aPortIsSharedWhereBothSay(String protocol) {
        String spec = "{\"protocol\": \"%s\", \"port\": %d, \"socket\": {\"reusePort\": %s}}";
        int port = rack.start(spec.formatted(protocol, 0, true));
        assertEquals(409, rack.post("/servers", spec.formatted(protocol, port, false)).status());
        assertEquals(201, rack.post("/servers", spec.formatted(protocol, port, true)).status());
    }

    @Test
    void aDatagramCarriesThem() throws Exception {
        assumeTrue(epoll, "Java alone can't ask for a TTL");
        int port = rack.start("{\"protocol\": \"udp\", \"socket\": {\"dscp\": 46, \"ttl\": 3}}");
        Process client =
                new ProcessBuilder(
                                "python3",
                                "src/test/python/received_packet.py",
                                Integer.toString(port))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String told = new String(client.getInputStream().readAllBytes(), UTF_8);
        assertEquals("3 " + (46 << 2), told.strip());
    }

    @Test
    void aConnectionWorksWithThem() throws IOException {
        int port = rack.start("{\"socket\": {\"reusePort\": true, \"dscp\": 8}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola".getBytes(UTF_8));
            assertEquals("hola", new String(client.getInputStream().readNBytes(4), UTF_8));
        }
    }

    @Test
    void whereThereIsNoTtlToAskForItIsSaid() {
        assumeTrue(!epoll, "Linux has one");
        Running.Answer answer = rack.post("/servers", "{\"socket\": {\"ttl\": 3}}");
        assertEquals("/socket/ttl", answer.body().at("/errors/0/pointer").asText());
    }
}
