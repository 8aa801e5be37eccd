package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of TLS outlives the program.
class TlsRestartTest {
    @TempDir Path data;

    @Test
    void aTrustedCertificateStaysTrustedAndItsKeyIsItsOwnersAlone() throws IOException {
        String before;
        try (Running rack = new Running(data)) {
            rack.start("{\"name\": \"kept\", \"tls\": {}}");
            before = rack.get("/servers/kept/certificate.pem").text();
            assertTrue(before.startsWith("-----BEGIN CERTIFICATE-----"), before);
            rack.start("{\"name\": \"elsewhere\", \"host\": \"127.0.0.2\", \"tls\": {}}");
            assertFalse(before.equals(rack.get("/servers/elsewhere/certificate.pem").text()));
        }
        Path key = data.resolve("certificates/127.0.0.1.pem");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        try (Running rack = new Running(data)) {
            assertEquals(before, rack.get("/servers/kept/certificate.pem").text());
            Files.writeString(key, "broken");
            rack.post("/servers/kept/restart", "");
            assertFalse(before.equals(rack.get("/servers/kept/certificate.pem").text()));
        }
    }

    @Test
    void aFileThatIsGoneAtTheStartMakesAFailedServerWithTheReason() throws IOException {
        OpenSsl openssl = new OpenSsl(data);
        openssl.certify("server", "ec");
        try (Running rack = new Running(data)) {
            rack.start(
                    """
                    {"name": "lost", "tls": {"mode": "files", "certificateFile": "%s", "keyFile": "%s"}}
                    """
                            .formatted(data.resolve("server.pem"), data.resolve("server-key.pem")));
        }
        Files.delete(data.resolve("server-key.pem"));
        try (Running rack = new Running(data)) {
            var status = rack.get("/servers/lost").body().path("status");
            assertEquals("failed", status.path("state").asText());
            assertTrue(
                    status.path("reason").asText().endsWith("/tls/keyFile: is not there"),
                    status.toString());
            assertEquals(422, rack.post("/servers/lost/start", "").status());
        }
    }
}
