package io.echorack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose requests get through: those for a loopback name, from no other page than our own; HTTP and WebSocket alike.
class GuardTest extends OneProgram {
    private static final String UPGRADE =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:7070",
                "127.0.0.1",
                "127.0.0.1:80",
                "127.1.2.3",
                "[::1]",
                "[::1]:7070"
            })
    void aLoopbackHostGetsThrough(String host) throws IOException {
        assertStatus(200, Raw.request(rack.port(), "GET /health HTTP/1.1", "Host: " + host));
        assertStatus(
                101,
                Raw.request(rack.port(), "GET /api/v1/stream HTTP/1.1", "Host: " + host, UPGRADE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "0.0.0.0",
                "localhost.",
                "[::]",
                "134744072",
                "evil.example:7070"
            })
    void aForeignHostDoesNot(String host) throws IOException {
        assertStatus(403, Raw.request(rack.port(), "GET /health HTTP/1.1", "Host: " + host));
        assertStatus(
                403,
                Raw.request(rack.port(), "GET /api/v1/stream HTTP/1.1", "Host: " + host, UPGRADE));
        assertStatus(403, Raw.request(rack.port(), "GET /nothing HTTP/1.1", "Host: " + host));
    }

    @Test
    void aForeignTargetDoesNotWithALoopbackHost() throws IOException {
        String answer =
                Raw.request(
                        rack.port(), "GET http://evil.example/health HTTP/1.1", "Host: localhost");
        assertFalse(answer.startsWith("HTTP/1.1 200"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://localhost:7070",
                "http://localhost",
                "http://localhost:7071",
                "http://127.0.0.1:7070"
            })
    void aForeignOriginDoesNot(String origin) throws IOException {
        assertStatus(
                403,
                Raw.request(
                        rack.port(),
                        "GET /health HTTP/1.1",
                        "Host: localhost:7070",
                        "Origin: " + origin));
        assertStatus(
                403,
                Raw.request(
                        rack.port(),
                        "GET /api/v1/stream HTTP/1.1",
                        "Host: localhost:7070",
                        "Origin: " + origin,
                        UPGRADE));
    }

    @Test
    void ourOwnOriginGetsThrough() throws IOException {
        assertStatus(
                200,
                Raw.request(
                        rack.port(),
                        "GET /health HTTP/1.1",
                        "Host: localhost:7070",
                        "Origin: http://localhost:7070"));
        assertStatus(
                101,
                Raw.request(
                        rack.port(),
                        "GET /api/v1/stream HTTP/1.1",
                        "Host: localhost:7070",
                        "Origin: http://localhost:7070",
                        UPGRADE));
    }

    @Test
    void noAnswerSetsACookieForASession() throws IOException {
        String upgraded =
                Raw.request(rack.port(), "GET /api/v1/stream HTTP/1.1", "Host: localhost", UPGRADE);
        assertFalse(upgraded.toLowerCase(java.util.Locale.ROOT).contains("set-cookie"), upgraded);
    }

    @Test
    void everyAnswerCarriesThePolicy() throws IOException {
        for (String path : new String[] {"/", "/health", "/nothing", "/api/v1/servers"}) {
            String answer =
                    Raw.request(rack.port(), "GET " + path + " HTTP/1.1", "Host: localhost");
            assertTrue(answer.contains("Content-Security-Policy: default-src 'none'"), answer);
            assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
        }
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }
}
