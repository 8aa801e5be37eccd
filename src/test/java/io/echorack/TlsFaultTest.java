package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults strike messages under TLS as they do without: what they do to its records is encrypted with the rest.
class TlsFaultTest extends OneProgram {
    private int last;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'type': 'delay', 'delayMs': 20                            | a1,b2,c3, | TLSv1.3",
                "'type': 'delay', 'delayMs': 20                            | a1,b2,c3, | TLSv1.2",
                "'type': 'drop', 'match': {'message': 2}                   | a1,c3,    | TLSv1.3",
                "'type': 'slice', 'sliceBytes': 1, 'delayMs': 2            | a1,b2,c3, | TLSv1.3",
                "'type': 'slice', 'sliceBytes': 1, 'delayMs': 2            | a1,b2,c3, | TLSv1.2",
                "'type': 'reorder', 'distance': 2                          | b2,c3,a1, | TLSv1.3",
                "'type': 'limitBytes', 'bytes': 4                          | a1,b      | TLSv1.3",
                "'type': 'limitBytes', 'bytes': 4                          | a1,b      | TLSv1.2",
                "'type': 'slowClose', 'delayMs': 20                        | a1,b2,c3, | TLSv1.3",
                "'type': 'bandwidth', 'bytesPerSecond': 200, 'direction': 'in' | a1,b2,c3, | TLSv1.2",
            })
    void aFaultDoesWhatItSays(String fault, String expected, String version) throws IOException {
        String name = "tls-" + ++last;
        int port = start(name, fault);
        try (SSLSocket client = TlsClient.of(rack, name).connect(port, version)) {
            client.getOutputStream().write("a1\nb2\nc3\n".getBytes(ISO_8859_1));
            client.shutdownOutput();
            assertEquals(
                    expected.replace(",", "\n"),
                    new String(client.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    @Test
    void aResetSaysNoGoodbye() throws IOException {
        int port = start("reset", "'type': 'reset', 'afterBytes': 4");
        try (SSLSocket client = TlsClient.of(rack, "reset").connect(port)) {
            client.getOutputStream().write("a1\nb2\nc3\n".getBytes(ISO_8859_1));
            assertEquals("a1\nb", new String(client.getInputStream().readNBytes(4), ISO_8859_1));
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
        assertEquals(
                "fault",
                rack.events("kind:connectionClosed server:reset", 1)
                        .get(0)
                        .path("closeKind")
                        .asText());
    }

    private int start(String name, String fault) {
        return rack.start(
                "{\"name\": \"%s\", \"tls\": {}, \"framing\": {\"type\": \"delimiter\"}, \"faults\": [{%s}]}"
                        .formatted(name, fault.replace('\'', '"')));
    }
}
