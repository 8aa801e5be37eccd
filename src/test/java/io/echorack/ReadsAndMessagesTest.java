package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echorack.json.Json;
import io.echorack.model.spec.Framing;
import io.echorack.wire.FrameCutter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection's reads beside its messages, and the same bytes cut anew.
class ReadsAndMessagesTest extends OneProgram {
    private static final String FULL = "\"capture\": {\"payload\": \"full\"}";

    @BeforeEach
    void empty() {
        assertEquals(200, rack.post("/reset", "").status());
    }

    /// Whatever the messages, however they are sent: the offsets add up, the frames are the messages, each names the
    /// reads that brought it, and the recording gives the same frames again.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesAreTheMessagesHoweverTheyCame(long seed) throws IOException {
        Random random = new Random(seed);
        Framing framing = framing(random);
        int port =
                rack.start(
                        "{\"name\": \"s"
                                + seed
                                + "\", \"behavior\": {\"type\": \"discard\"}, \"framing\": "
                                + Json.write(framing)
                                + ", "
                                + FULL
                                + "}");
        List<byte[]> messages = messages(framing, random);
        java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
        messages.forEach(stream::writeBytes);
        int whole = stream.size();
        stream.write(0);
        send(port, stream.toByteArray(), random);
        String connection = closed("s" + seed);
        JsonNode lanes = get(connection, "");
        String what = "seed " + seed + ": " + lanes;
        assertEquals(stream.size(), addUp(lanes.path("reads"), what), what);
        assertEquals(whole, addUp(lanes.path("frames"), what), what);
        assertEquals(messages.stream().map(one -> one.length).toList(), lengths(lanes), what);
        assertEquals(1, lanes.path("leftover").asLong(), what);
        assertEquals(
                1, rack.get("/connections/" + connection).body().path("leftoverBytes").asLong());
        for (JsonNode frame : lanes.path("frames")) {
            long offset = frame.path("offset").asLong();
            long end = offset + frame.path("length").asLong();
            assertEquals(readOf(lanes, offset), frame.path("firstRead").asLong(), what);
            assertEquals(readOf(lanes, end - 1), frame.path("lastRead").asLong(), what);
        }
        JsonNode again = reframe(connection, "?limit=10000", Json.write(framing));
        assertEquals(withoutSeq(lanes.path("frames")), withoutSeq(again.path("frames")), what);
        assertEquals(1, again.path("leftover").asLong(), what);
        assertTrue(again.path("error").isNull() && again.path("complete").asBoolean(), what);
        JsonNode others = reframe(connection, "", "{\"type\": \"fixed\", \"frameBytes\": 7}");
        assertEquals(stream.size() / 7, others.path("count").asLong(), what);
        assertEquals(stream.size() % 7, others.path("leftover").asLong(), what);
        JsonNode raw = reframe(connection, "?limit=10000", "{\"type\": \"raw\"}");
        assertEquals(lengths(lanes, "reads"), lengths(raw, "frames"), what);
    }

    @Test
    void aMessageInPiecesNamesItsReadsAndPagesGoOn() throws IOException {
        int port = rack.start("{\"name\": \"p\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hel".getBytes(UTF_8));
            rack.events("server:p kind:read", 1);
            client.getOutputStream().write("lo\nwor".getBytes(UTF_8));
            client.getInputStream().readNBytes(6);
            JsonNode lanes = get(connection("p"), "?direction=in");
            assertEquals(
                    Running.tree("[[1, 0, 3], [2, 3, 6]]"),
                    rows(lanes.path("reads"), "n", "offset", "length"));
            assertEquals(
                    Running.tree("[[0, 6, 1, 2]]"),
                    rows(lanes.path("frames"), "offset", "length", "firstRead", "lastRead"));
            assertEquals(3, lanes.path("leftover").asLong());
            assertEquals(0, lanes.path("firstHeldOffset").asLong(-1));
            assertEquals("delimiter", lanes.at("/framing/type").asText());
            assertEquals(lanes.path("latestSeq"), lanes.path("next"));
            JsonNode out = get(connection("p"), "?direction=out");
            assertEquals(Running.tree("[[0, 6]]"), rows(out.path("writes"), "offset", "length"));
            assertEquals(0, out.path("reads").size() + out.path("frames").size());
            List<JsonNode> seen = new ArrayList<>();
            long after = 0;
            JsonNode page = get(connection("p"), "?limit=1");
            while (!page.path("next").equals(page.path("latestSeq"))) {
                page.path("reads").forEach(seen::add);
                page.path("frames").forEach(seen::add);
                assertTrue(page.path("next").asLong() > after);
                after = page.path("next").asLong();
                page = get(connection("p"), "?limit=1&after=" + after);
                assertEquals(3, page.path("leftover").asLong(), "told of all that is held");
            }
            page.path("reads").forEach(seen::add);
            page.path("frames").forEach(seen::add);
            assertEquals(
                    List.of(
                            lanes.path("reads").get(0),
                            lanes.path("reads").get(1),
                            lanes.path("frames").get(0)),
                    seen);
        }
    }

    @Test
    void whatAServerClosedForIsSaidInTheSameWords() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"l\", \"framing\": {\"type\": \"lengthPrefix\"}, "
                                + FULL
                                + "}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola\nadios\n".getBytes(UTF_8));
            String connection = closed("l");
            JsonNode event = rack.events("server:l kind:connectionClosed", 1).get(0);
            JsonNode made = reframe(connection, "", "{\"type\": \"lengthPrefix\"}");
            assertEquals("frameTooLong", made.at("/error/code").asText());
            assertEquals(event.path("reason"), made.at("/error/detail"));
            assertEquals(0, made.at("/error/offset").asLong(-1));
            assertEquals(11, made.path("leftover").asLong());
            JsonNode lanes = get(connection, "");
            assertEquals(11, lanes.path("leftover").asLong());
            JsonNode hint = lanes.path("hints").get(0);
            assertEquals("prefixIsText", hint.path("code").asText());
            JsonNode better = reframe(connection, "", hint.path("suggestion").toString());
            assertEquals(
                    Running.tree("[[0, 5, 1, 1], [5, 6, 1, 1]]"),
                    rows(better.path("frames"), "offset", "length", "firstRead", "lastRead"));
            assertTrue(better.path("error").isNull());
        }
    }

    @Test
    void aDelimiterThatIsNotTheClientsIsHintedAt() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"d\", \"framing\": {\"type\": \"delimiter\", \"delimiter\": {\"text\": \"\\r\\n\"}}}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hola\n".getBytes(UTF_8));
            rack.events("server:d kind:read", 1);
            JsonNode hint = get(connection("d"), "").path("hints").get(0);
            assertEquals("delimiterNotSeen", hint.path("code").asText());
            assertEquals("{\"text\":\"\\n\"}", hint.at("/suggestion/delimiter").toString());
            client.getOutputStream().write("\r\n".getBytes(UTF_8));
            client.getInputStream().readNBytes(7);
            assertEquals(0, get(connection("d"), "").path("hints").size());
        }
    }

    @Test
    void linesWithoutAFramingAreHintedAt() throws IOException {
        int port = rack.start("{\"name\": \"r\"}");
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("one\ntwo\n".getBytes(UTF_8));
            client.getInputStream().readNBytes(8);
            JsonNode lanes = get(connection("r"), "");
            assertEquals("linesUnderRaw", lanes.at("/hints/0/code").asText());
            assertEquals(0, lanes.path("leftover").asLong(-1));
        }
    }

    @Test
    void whatWasNotCapturedOrIsGoneCanNotBeCutAnew() throws IOException {
        int port =
                rack.start(
                        "{\"name\": \"h\", \"capture\": {\"headBytes\": 4}, \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket client = rack.connect(port)) {
            String lines = "{\"type\": \"delimiter\"}";
            String connection = connection("h");
            assertEquals(0, reframe(connection, "", lines).path("count").asLong(-1));
            client.getOutputStream().write("hola\nho".getBytes(UTF_8));
            client.getInputStream().readNBytes(5);
            String path = "/connections/" + connection;
            Running.Answer refused = rack.post(path + "/reframe", lines);
            assertEquals(409, refused.status());
            assertEquals("not_captured", refused.code());
            assertTrue(refused.text().contains("\\\"full\\\""), refused.text());
            assertEquals(204, rack.call("DELETE", "/events", "").status());
            JsonNode lanes = get(connection, "");
            assertTrue(lanes.path("firstHeldOffset").isNull(), lanes.toString());
            assertEquals(2, lanes.path("leftover").asLong(), "by the connection's own books");
            assertEquals("not_captured", rack.post(path + "/reframe", lines).code());
            client.getOutputStream().write("la\n".getBytes(UTF_8));
            client.getInputStream().readNBytes(5);
            assertEquals(7, get(connection, "").path("firstHeldOffset").asLong());
            assertEquals("not_captured", rack.post(path + "/reframe", lines).code());
        }
    }

    @Test
    void aPeerHasDatagramsOfBothDirections() throws IOException {
        int port = rack.start("{\"name\": \"u\", \"protocol\": \"udp\"}");
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            byte[] bytes = "hola".getBytes(UTF_8);
            client.send(new DatagramPacket(bytes, 4, InetAddress.getLoopbackAddress(), port));
            client.receive(new DatagramPacket(new byte[10], 10));
            String connection = connection("u");
            JsonNode both = get(connection, "");
            assertEquals(
                    Running.tree("[[\"in\", 4], [\"out\", 4]]"),
                    rows(both.path("datagrams"), "direction", "length"));
            assertTrue(both.path("direction").isNull() && both.path("framing").isNull());
            assertEquals(1, get(connection, "?direction=out").path("datagrams").size());
            assertEquals(
                    422,
                    rack.post("/connections/" + connection + "/reframe", "{\"type\": \"raw\"}")
                            .status());
        }
    }

    @Test
    void whatIsNotThereOrNotRightIsSaid() throws IOException {
        assertEquals(404, rack.get("/connections/c999999/stream").status());
        assertEquals(
                404, rack.post("/connections/c999999/reframe", "{\"type\": \"raw\"}").status());
        int port = rack.start("{\"name\": \"w\"}");
        try (Socket client = rack.connect(port)) {
            assertTrue(client.isConnected());
            String path = "/connections/" + connection("w");
            assertEquals(422, rack.get(path + "/stream?direction=up").status());
            assertEquals(422, rack.get(path + "/stream?limit=10001").status());
            assertEquals(422, rack.get(path + "/stream?after=-1").status());
            assertEquals(422, rack.post(path + "/reframe", "{\"type\": \"rows\"}").status());
            Running.Answer wrong =
                    rack.post(path + "/reframe", "{\"type\": \"fixed\", \"frameBytes\": 0}");
            assertEquals("/frameBytes", wrong.body().at("/errors/0/pointer").asText());
        }
    }

    private JsonNode get(String connection, String query) {
        String limit =
                query.contains("limit") ? "" : query.isEmpty() ? "?limit=10000" : "&limit=10000";
        return rack.get("/connections/" + connection + "/stream" + query + limit).body();
    }

    private JsonNode reframe(String connection, String query, String framing) {
        Running.Answer made = rack.post("/connections/" + connection + "/reframe" + query, framing);
        assertEquals(200, made.status(), made.text());
        return made.body();
    }

    private String connection(String server) {
        return rack.events("server:" + server + " kind:connectionOpened", 1)
                .get(0)
                .path("connection")
                .asText();
    }

    private String closed(String server) {
        rack.events("server:" + server + " kind:connectionClosed", 1);
        return connection(server);
    }

    /// In pieces, with a breath between some of them, so that the kernel does not join them all.
    private void send(int port, byte[] stream, Random random) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.setTcpNoDelay(true);
            int at = 0;
            while (at < stream.length) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(60));
                client.getOutputStream().write(stream, at, length);
                at += length;
                if (random.nextInt(3) == 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000);
                }
            }
        }
    }

    private static Framing framing(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Framing.Delimiter(null, null);
            case 1 -> new Framing.Fixed(5 + random.nextInt(20), null);
            default ->
                    new Framing.LengthPrefix(
                            2 + random.nextInt(2),
                            random.nextBoolean()
                                    ? Framing.Order.BIG_ENDIAN
                                    : Framing.Order.LITTLE_ENDIAN,
                            random.nextBoolean(),
                            null);
        };
    }

    private static List<byte[]> messages(Framing framing, Random random) {
        return IntStream.range(0, 20 + random.nextInt(100))
                .mapToObj(_ -> {
                    int length =
                            framing instanceof Framing.Fixed fixed
                                    ? fixed.length()
                                    : random.nextInt(80);
                    return FrameCutter.wrap(framing, "x".repeat(length).getBytes(UTF_8))
                            .orElseThrow();
                })
                .toList();
    }

    /// Each row begins where the last one ended; gives back where the last one ends.
    private static long addUp(JsonNode rows, String what) {
        long end = 0;
        for (JsonNode row : rows) {
            assertEquals(end, row.path("offset").asLong(), what);
            end += row.path("length").asLong();
        }
        return end;
    }

    private static long readOf(JsonNode lanes, long offset) {
        for (JsonNode read : lanes.path("reads")) {
            if (offset < read.path("offset").asLong() + read.path("length").asLong()) {
                return read.path("n").asLong();
            }
        }
        return -1;
    }

    private static List<Integer> lengths(JsonNode lanes) {
        return lengths(lanes, "frames");
    }

    private static List<Integer> lengths(JsonNode answer, String rows) {
        List<Integer> lengths = new ArrayList<>();
        answer.path(rows).forEach(row -> lengths.add(row.path("length").asInt()));
        return lengths;
    }

    private static JsonNode withoutSeq(JsonNode frames) {
        return rows(frames, "offset", "length", "firstRead", "lastRead");
    }

    private static JsonNode rows(JsonNode rows, String... columns) {
        var table = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        for (JsonNode row : rows) {
            var line = table.addArray();
            for (String column : columns) {
                line.add(row.path(column));
            }
        }
        return table;
    }
}
