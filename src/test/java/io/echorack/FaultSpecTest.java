package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How faults are asked for, and what they do to datagrams.
class FaultSpecTest extends OneProgram {
    private int last;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'type': 'drop', 'match': {'message': 2}                | a,c,d   | 1",
                "'type': 'duplicate', 'match': {'message': 4}           | a,b,c,d,d | 1",
                "'type': 'reorder', 'match': {'message': 2}             | a,c,b,d | 1",
                "'type': 'delay', 'delayMs': 150, 'match': {'message': 1} | b,c,d,a | 1",
                "'type': 'truncate', 'toBytes': 0, 'match': {'message': 3} | a,b,_,d | 1",
                "'type': 'bandwidth', 'bytesPerSecond': 100             | a,b,c,d | 4",
                "'type': 'blackhole', 'match': {'message': 3}           | a,b     | 2",
                "'direction': 'in', 'type': 'drop', 'match': {'message': 1} | b,c,d | 1",
                "'direction': 'in', 'type': 'duplicate', 'match': {'message': 1} | a,a,b,c,d | 1",
                "'direction': 'in', 'type': 'delay', 'delayMs': 150, 'match': {'message': 2} | a,c,d,b | 1",
            })
    void datagramsAreStruckToo(String fault, String expected, long applied) throws IOException {
        String name = "udp-" + ++last;
        int port =
                rack.start(
                        "{\"name\": \"%s\", \"protocol\": \"udp\", \"faults\": [{%s}]}"
                                .formatted(name, fault.replace('\'', '"')));
        List<String> wanted = List.of(expected.replace("_", "").split(",", -1));
        try (DatagramSocket client = new DatagramSocket()) {
            for (String one : List.of("a", "b", "c", "d")) {
                send(client, port, one);
            }
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            List<String> got = new ArrayList<>();
            while (got.size() < wanted.size()) {
                got.add(receive(client));
            }
            assertEquals(wanted, got);
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> receive(client));
        }
        assertEquals(
                applied,
                rack.get("/servers/" + name).body().at("/status/faults/f1/applied").asLong());
    }

    @Test
    void whatMakesNoSenseIsSaidAllAtOnce() {
        var answer =
                rack.post(
                        "/servers",
                        """
                        {"protocol": "udp", "faults": [{"type": "slice"}, {"type": "delay"}, {"type": "drop", "probability": 2},
                          {"type": "corrupt", "bits": 0}, {"type": "unknown"}, {"type": "drop", "match": {"peer": "nobody", "message": [3, 1]}}]}\
                        """);
        assertEquals(422, answer.status());
        List<String> pointers = answer.body().path("errors").findValuesAsText("pointer");
        assertTrue(
                pointers.containsAll(
                        List.of(
                                "/faults/0/sliceBytes",
                                "/faults/1/delayMs",
                                "/faults/2/probability",
                                "/faults/3/bits",
                                "/faults/4/type",
                                "/faults/5/match/peer",
                                "/faults/5/match/message")),
                pointers.toString());
        answer =
                rack.post(
                        "/servers",
                        """
                        {"protocol": "udp", "faults": [{"type": "reset"}, {"id": "a", "type": "drop"}, {"id": "a", "type": "drop"},
                          {"type": "pauseRead", "match": {"connection": 1}}]}\
                        """);
        assertEquals(
                List.of("/faults/0/type", "/faults/2/id", "/faults/3/match"),
                answer.body().path("errors").findValuesAsText("pointer"));
    }

    @Test
    void aSpecWithFaultsIsKeptAndShownAsItWasAsked(@TempDir Path data) {
        String fault =
                "{'id':'slow','type':'delay','delayMs':3,'distribution':'normal','direction':'in','probability':0.25,'seed':7,'match':{'peer':'127.0.0.1:9','connection':'c12','message':[2,9]}}"
                        .replace('\'', '"');
        try (Running first = new Running(data)) {
            first.start("{\"name\": \"kept\", \"faults\": [" + fault + "]}");
        }
        try (Running again = new Running(data)) {
            assertEquals(fault, again.get("/servers/kept").body().at("/spec/faults/0").toString());
            assertEquals(
                    "{\"slow\":{\"applied\":0}}",
                    again.get("/servers/kept").body().at("/status/faults").toString());
        }
    }

    private static void send(DatagramSocket client, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        client.send(
                new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    private static String receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }
}
