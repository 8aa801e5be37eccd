package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever goes wrong on purpose, nobody else is harmed, and one message stays one.
class FaultBoundsTest extends OneProgram {
    private static final String LINES =
            "\"framing\": {\"type\": \"delimiter\", \"maxFrameBytes\": 1000000}";

    @Test
    void copiesOfCopiesComeToAnEnd() throws IOException {
        String copies = "'type': 'duplicate', 'copies': 100";
        int port = start("many", LINES, List.of(copies, copies, copies, copies));
        int got = conversation(port, "x\n").length() / 2;
        assertTrue(got > 100 && got <= 1_000, "" + got);
        int udp = start("grams", "\"protocol\": \"udp\"", List.of(copies, copies, copies));
        try (DatagramSocket client = new DatagramSocket()) {
            client.send(
                    new DatagramPacket(
                            new byte[1_000], 1_000, InetAddress.getLoopbackAddress(), udp));
            Running.eventually(() -> rack.counter("grams", "messagesOut"), sent -> sent > 100);
            assertTrue(rack.counter("grams", "messagesOut") <= 1_000);
        }
    }

    @Test
    void aLongAnswerInPiecesStaysWhole() throws IOException {
        int port =
                start(
                        "whole",
                        LINES,
                        List.of(
                                "'type': 'delay', 'delayMs': 100, 'match': {'message': 1}",
                                "'type': 'slice', 'sliceBytes': 70000",
                                "'type': 'duplicate', 'match': {'message': 1}"));
        String first = "A".repeat(200_000) + "\n";
        String answer = conversation(port, first + "B\n");
        // The copies are of the pieces, as the faults stand in that order.
        assertEquals(2 * first.length() + 2, answer.length());
        assertEquals(
                first.length() * 2 - 2, answer.chars().filter(letter -> letter == 'A').count());
        assertTrue(answer.endsWith("\nB\n"), answer.substring(answer.length() - 10));
    }

    @Test
    void whatIsHeldUpGoesInOrderWhenTheFaultsGo() throws IOException {
        String slow = "'type': 'delay', 'delayMs': 60000";
        int port = start("lifted", LINES, List.of(slow, slow));
        String first = "A".repeat(200_000) + "\n";
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write((first + "B\nC\n").getBytes(ISO_8859_1));
            rack.events("kind:fault server:lifted", 1);
            rack.call("PATCH", "/servers/lifted", "{\"faults\": []}");
            byte[] all = client.getInputStream().readNBytes(first.length() + 4);
            assertEquals(first + "B\nC\n", new String(all, ISO_8859_1));
        }
    }

    @Test
    void aConnectionWhoseBytesMoveIsNotIdle() throws IOException {
        int port =
                start(
                        "slow",
                        "\"limits\": {\"idleTimeoutMs\": 500}",
                        List.of("'type': 'bandwidth', 'bytesPerSecond': 2000"));
        assertEquals(3_000, conversation(port, "x".repeat(3_000)).length());
    }

    @Test
    void ourFinGoesBehindWhatIsHeldUp() throws IOException {
        int port = start("behind", LINES, List.of("'type': 'delay', 'delayMs': 200"));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola\n".getBytes(ISO_8859_1));
            String id =
                    rack.events("kind:fault server:behind", 1).get(0).path("connection").asText();
            rack.post("/connections/" + id + "/shutdown-output", "");
            assertEquals("hola\n", new String(client.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    @Test
    void equalFaultsDoNotStrikeTheSame() throws IOException {
        String half = "'type': 'drop', 'probability': 0.5";
        int port = start("equal", LINES, List.of(half, half));
        conversation(port, "x\n".repeat(1_000));
        var faults = rack.get("/servers/equal").body().at("/status/faults");
        assertTrue(faults.at("/f1/applied").asInt() > 400, faults.toString());
        assertTrue(faults.at("/f2/applied").asInt() > 150, faults.toString());
    }

    @Test
    void aTalkerThatNobodyHearsDoesNotHurry() throws IOException {
        int port =
                start(
                        "unheard",
                        "\"behavior\": {\"type\": \"chargen\"}",
                        List.of("'type': 'drop'"));
        try (Socket client = rack.connect(port)) {
            client.setSoTimeout(1_000);
            rack.events("kind:fault server:unheard", 20);
            assertTrue(rack.counter("unheard", "faultsApplied") < 10_000);
        }
    }

    @Test
    void aServerWithThreadsCountsAmongTheSockets() {
        int before = rack.get("/info").body().at("/limits/socketsOpen").asInt();
        rack.start("{\"name\": \"threads\", \"ioModel\": \"threadPerConnection\"}");
        assertEquals(before + 1, rack.get("/info").body().at("/limits/socketsOpen").asInt());
        rack.call("DELETE", "/servers/threads", "");
        assertEquals(before, rack.get("/info").body().at("/limits/socketsOpen").asInt());
    }

    private int start(String name, String more, List<String> faults) {
        return rack.start(
                "{\"name\": \"%s\", %s, \"faults\": [%s]}"
                        .formatted(
                                name,
                                more,
                                String.join(
                                        ", ",
                                        faults.stream()
                                                .map(one -> "{" + one.replace('\'', '"') + "}")
                                                .toList())));
    }

    private String conversation(int port, String text) throws IOException {
        try (Socket client = rack.connect(port)) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.getOutputStream().write(text.getBytes(ISO_8859_1));
                            client.shutdownOutput();
                        } catch (IOException ended) {
                            // What came until then is looked at.
                        }
                    });
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
