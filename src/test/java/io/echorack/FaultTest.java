package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong on purpose, seen by a plain client, byte for byte.
@ParameterizedClass
@MethodSource("io.echorack.Running#ioModels")
class FaultTest extends OneProgram {
    private static final String LINES = "\"framing\": {\"type\": \"delimiter\"}";

    @Parameter String ioModel = "eventLoop";

    @BeforeEach
    void startAnew() {
        rack.post("/reset", "");
        rack.call("DELETE", "/events", "");
        rack.ioModel = ioModel;
    }

    /// Each fault alone: what a client gets that sends three lines and ends its output, and how often it struck.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'type': 'delay', 'delayMs': 20                                  | a1,b2,c3,  | 3",
                "'type': 'delay', 'delayMs': 5, 'jitterMs': 5, 'distribution': 'lognormal' | a1,b2,c3, | 3",
                "'type': 'delay', 'jitterMs': 9, 'match': {'message': 2}         | a1,b2,c3,  | 1",
                "'type': 'drop', 'match': {'message': 2}                         | a1,c3,     | 1",
                "'type': 'drop', 'match': {'message': [2, 3]}                    | a1,        | 2",
                "'type': 'drop', 'match': {'connection': 2}                      | a1,b2,c3,  | 0",
                "'type': 'drop', 'match': {'peer': '10.0.0.0/8'}                 | a1,b2,c3,  | 0",
                "'type': 'drop', 'match': {'peer': '127.0.0.0/8'}                |            | 3",
                "'type': 'drop', 'probability': 0                                | a1,b2,c3,  | 0",
                "'type': 'duplicate', 'copies': 2, 'match': {'message': 1}       | a1,a1,a1,b2,c3, | 1",
                "'type': 'reorder', 'match': {'message': 1}                      | b2,a1,c3,  | 1",
                "'type': 'reorder', 'distance': 2                                | b2,c3,a1,  | 1",
                "'type': 'reorder'                                               | b2,a1,c3,  | 1",
                "'type': 'truncate', 'toBytes': 1                                | a,b,c,     | 3",
                "'type': 'truncate', 'toBytes': 2                                | a1,b2,c3,  | 0",
                "'type': 'bandwidth', 'bytesPerSecond': 200                      | a1,b2,c3,  | 3",
                "'type': 'slice', 'sliceBytes': 1                                | a1,b2,c3,  | 3",
                "'type': 'slice', 'sliceBytes': 2, 'delayMs': 5                  | a1,b2,c3,  | 3",
                "'type': 'coalesce', 'messages': 3                               | a1,b2,c3,  | 3",
                "'type': 'coalesce', 'messages': 2                               | a1,b2,c3,  | 3",
                "'type': 'limitBytes', 'bytes': 4                                | a1,b       | 1",
                "'type': 'limitBytes', 'bytes': 6                                | a1,b2,     | 1",
                "'type': 'limitBytes', 'bytes': 0                                |            | 1",
                "'type': 'limitBytes', 'bytes': 10                               | a1,b2,c3,  | 0",
                "'type': 'blackhole', 'match': {'message': 2}                    | a1,        | 2",
                "'type': 'slowClose', 'delayMs': 20                              | a1,b2,c3,  | 1",
                "'direction': 'in', 'type': 'delay', 'delayMs': 20               | a1,b2,c3,  | 3",
                "'direction': 'in', 'type': 'drop', 'match': {'message': 2}      | a1,c3,     | 1",
                "'direction': 'in', 'type': 'duplicate'                          | a1,a1,b2,b2,c3,c3, | 3",
                "'direction': 'in', 'type': 'reorder', 'match': {'message': 2}   | a1,c3,b2,  | 1",
                "'direction': 'in', 'type': 'truncate', 'toBytes': 0             | ,,,        | 3",
                "'direction': 'in', 'type': 'bandwidth', 'bytesPerSecond': 200   | a1,b2,c3,  | 3",
                "'direction': 'in', 'type': 'slice', 'sliceBytes': 2, 'delayMs': 5 | a1,b2,c3, | 3",
                "'direction': 'in', 'type': 'coalesce', 'messages': 3            | a1,b2,c3,  | 3",
                "'direction': 'in', 'type': 'limitBytes', 'bytes': 7             | a1,b2,     | 1",
                "'direction': 'in', 'type': 'blackhole', 'match': {'message': 3} | a1,b2,     | 1",
            })
    void aFaultDoesWhatItSays(String fault, String expected, long applied) throws IOException {
        String name = "alone-" + number();
        String spec = spec(name, LINES, List.of(fault));
        if (!worksHere(fault)) {
            AssertionError refused = assertThrows(AssertionError.class, () -> rack.start(spec));
            assertTrue(String.valueOf(refused.getMessage()).contains("/faults/0/type"));
            return;
        }
        int port = rack.start(spec);
        assertEquals(
                expected == null ? "" : expected.replace(",", "\n"),
                conversation(port, "a1\nb2\nc3\n"));
        assertEquals(applied, applied(name, "f1"));
        assertEquals(applied, rack.counter(name, "faultsApplied"));
        assertEquals(applied, rack.events("kind:fault server:" + name, (int) applied).size());
    }

    /// Two faults: the second works on what the first lets through.
    @Test
    void faultsWorkOneBehindTheOther() throws IOException {
        List<Modelled> all = Modelled.ALL.stream().filter(one -> worksHere(one.json)).toList();
        int port = rack.start(spec("pairs", LINES, List.of()));
        List<Message> sent = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            sent.add(new Message(i, "m" + i));
        }
        for (Modelled first : all) {
            for (Modelled second : all) {
                String patch =
                        "{\"faults\": [%s, %s]}".formatted(json(first.json), json(second.json));
                assertEquals(200, rack.call("PATCH", "/servers/pairs", patch).status(), patch);
                String expected = text(second.effect.of(first.effect.of(sent)));
                assertEquals(expected, conversation(port, text(sent)), patch);
            }
        }
        assertEquals(
                "live",
                rack.get("/servers/pairs").body().at("/status/lastChange/applied").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out"})
    void corruptFlipsSoManyBitsOfTheContentAndTheSameAgain(String direction) throws IOException {
        String fault =
                "'type': 'corrupt', 'bits': 3, 'probability': 0.5, 'seed': 42, 'direction': '%s'"
                        .formatted(direction);
        String lines = "0123456789\n".repeat(200);
        List<String> answers = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            String name = "corrupt-" + number();
            int port =
                    rack.start(
                            spec(
                                    name,
                                    "\"framing\": {\"type\": \"fixed\", \"frameBytes\": 11}",
                                    List.of(fault)));
            answers.add(conversation(port, lines));
            int struck = 0;
            for (int i = 0; i < lines.length(); i += 11) {
                int flipped =
                        bitsBetween(
                                lines.substring(i, i + 11), answers.get(time).substring(i, i + 11));
                assertTrue(flipped == 0 || flipped == 3, "" + flipped);
                struck += flipped / 3;
            }
            assertEquals(struck, applied(name, "f1"));
            assertTrue(struck > 60 && struck < 140, "" + struck);
            rack.post("/servers/" + name + "/restart", "");
            int again = rack.get("/servers/" + name).body().at("/status/port").asInt();
            assertEquals(answers.get(time), conversation(again, lines));
        }
        assertEquals(answers.get(0), answers.get(1));
    }

    @Test
    void anotherSeedOrConnectionMeetsOthers() throws IOException {
        String fault = "'type': 'drop', 'probability': 0.5, 'seed': %d";
        String lines = numbered(100);
        int one = rack.start(spec("seed-1", LINES, List.of(fault.formatted(1))));
        int two = rack.start(spec("seed-2", LINES, List.of(fault.formatted(2))));
        String first = conversation(one, lines);
        assertTrue(!first.equals(conversation(one, lines)));
        assertTrue(!first.equals(conversation(two, lines)));
    }

    @Test
    void corruptLeavesTheReplyItselfAlone() throws IOException {
        String reply =
                "\"behavior\": {\"type\": \"reply\", \"payload\": {\"text\": \"unspoilt\\n\"}}, ";
        String fault = "'type': 'corrupt', 'match': {'message': 1}";
        int port = rack.start(spec("spoils", reply + LINES, List.of(fault)));
        String answer = conversation(port, "x\ny\n");
        assertEquals(1, bitsBetween("unspoilt\n", answer.substring(0, 9)));
        assertEquals("unspoilt\n", answer.substring(9));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 6})
    void resetIsAnRstAndInTheMiddleOfAMessageIfNeedBe(int after) throws IOException {
        String name = "reset-" + after;
        int port =
                rack.start(spec(name, LINES, List.of("'type': 'reset', 'afterBytes': " + after)));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("a1\nb2\nc3\n".getBytes(ISO_8859_1));
            assertEquals(
                    "a1\nb2\nc3\n".substring(0, after),
                    new String(client.getInputStream().readNBytes(after), ISO_8859_1));
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
        JsonNode closed = rack.events("kind:connectionClosed server:" + name, 1).get(0);
        assertEquals("fault", closed.path("closeKind").asText());
        assertEquals("server", closed.path("closedBy").asText());
        assertEquals(1, applied(name, "f1"));
    }

    @Test
    void onARawStreamEveryReadIsAMessage() throws IOException {
        int port = rack.start(spec("bytes", "", List.of("'type': 'limitBytes', 'bytes': 5")));
        assertEquals("01234", conversation(port, "0123456789"));
        int slow = rack.start(spec("pieces", "", List.of("'type': 'slice', 'sliceBytes': 3")));
        assertEquals("0123456789", conversation(slow, "0123456789"));
        JsonNode writes = rack.events("kind:write server:pieces fault:f1", 4);
        assertEquals(4, writes.size());
        assertEquals(3, writes.get(0).path("length").asInt());
        assertEquals(1, rack.counter("pieces", "messagesOut"));
    }

    @Test
    void whatAFaultTouchedNamesIt() throws IOException {
        int port =
                rack.start(
                        spec(
                                "named",
                                LINES,
                                List.of(
                                        "'id': 'twice', 'type': 'duplicate', 'match': {'message': 1}",
                                        "'type': 'truncate', 'toBytes': 1")));
        assertEquals("a\na\nb\n", conversation(port, "a1\nb2\n"));
        JsonNode writes = rack.events("kind:write server:named", 3);
        assertEquals("twice", writes.get(0).path("fault").asText());
        assertEquals("[\"twice\",\"f2\"]", writes.get(0).path("faults").toString());
        assertEquals("f2", writes.get(2).path("fault").asText());
        assertTrue(writes.get(2).path("faults").isMissingNode());
        assertEquals(3, rack.events("server:named fault:twice", 3).size());
        assertEquals(6, rack.events("server:named fault:f2", 6).size());
    }

    @Test
    void faultsChangeUnderAnOpenConnection() throws IOException {
        int port = rack.start(spec("live", LINES, List.of("'type': 'delay', 'delayMs': 60000")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("held\n".getBytes(ISO_8859_1));
            rack.events("kind:fault server:live", 1);
            client.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            rack.call("PATCH", "/servers/live", "{\"faults\": null}");
            assertEquals("held\n", new String(client.getInputStream().readNBytes(5), ISO_8859_1));
            rack.call(
                    "PATCH",
                    "/servers/live",
                    "{\"faults\": [{\"type\": \"drop\", \"match\": {\"message\": [2, 3]}}]}");
            client.getOutputStream().write("second\nthird\nfourth\n".getBytes(ISO_8859_1));
            assertEquals("fourth\n", new String(client.getInputStream().readNBytes(7), ISO_8859_1));
        }
        assertEquals(2, applied("live", "f1"));
        assertEquals(3, rack.counter("live", "faultsApplied"));
    }

    /// What is held up goes no more, and nobody waits for it.
    @ParameterizedTest
    @CsvSource({"delete,fin", "stop,stop", "idle,idleTimeout", "lifetime,limit"})
    void whoIsHeldUpEndsAllTheSame(String by, String kind) throws IOException {
        int port = rack.start(spec("ends", LINES, List.of("'type': 'delay', 'delayMs': 60000")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("held\n".getBytes(ISO_8859_1));
            JsonNode fault = rack.events("kind:fault server:ends", 1).get(0);
            switch (by) {
                case "delete" ->
                        rack.call(
                                "DELETE", "/connections/" + fault.path("connection").asText(), "");
                case "stop" -> rack.post("/servers/ends/stop", "");
                case "idle" -> limit("idleTimeoutMs");
                default -> limit("maxLifetimeMs");
            }
            assertEquals(-1, client.getInputStream().read());
        }
        JsonNode closed = rack.events("kind:connectionClosed server:ends", 1).get(0);
        assertEquals(kind, closed.path("closeKind").asText());
        assertEquals(0, rack.counter("ends", "messagesOut"));
    }

    @Test
    void whatIsSentByHandPassesWhatIsHeldUp() throws IOException {
        int port = rack.start(spec("hand", LINES, List.of("'type': 'delay', 'delayMs': 60000")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("held\n".getBytes(ISO_8859_1));
            String connection =
                    rack.events("kind:fault server:hand", 1).get(0).path("connection").asText();
            rack.post("/connections/" + connection + "/send", "{\"text\": \"first\"}");
            assertEquals("first", new String(client.getInputStream().readNBytes(5), ISO_8859_1));
            rack.call("PATCH", "/servers/hand", "{\"faults\": []}");
            assertEquals("held\n", new String(client.getInputStream().readNBytes(5), ISO_8859_1));
        }
    }

    @Test
    void aSlowEndIsQuickOnceItsFaultHasGone() throws IOException {
        int port =
                rack.start(spec("lasts", LINES, List.of("'type': 'slowClose', 'delayMs': 60000")));
        try (Socket client = rack.connect(port)) {
            client.shutdownOutput();
            rack.events("kind:fault server:lasts", 1);
            rack.call("PATCH", "/servers/lasts", "{\"faults\": []}");
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void whatIsSaidUnaskedIsStruckToo() throws IOException {
        String banner =
                "\"behavior\": {\"type\": \"echo\", \"banner\": {\"text\": \"hello\\n\"}}, ";
        String fault = "'type': 'duplicate', 'match': {'message': 1}";
        int port =
                rack.start(
                        spec(
                                "greets",
                                banner + LINES,
                                List.of(fault, "'type': 'delay', 'delayMs': 5")));
        assertEquals("hello\nhello\na1\n", conversation(port, "a1\n"));
        assertEquals(3, rack.counter("greets", "messagesOut"));
    }

    @Test
    void ourFinWaitsForTheAnswersThatAreHeldUp() throws IOException {
        String rules =
                "\"behavior\": {\"type\": \"rules\", \"otherwise\": \"close\", \"rules\": [{\"when\": {\"equals\": {\"text\": \"a\"}}, \"reply\": {\"text\": \"yes\"}}]}, ";
        int port =
                rack.start(spec("parts", rules + LINES, List.of("'type': 'delay', 'delayMs': 20")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("a\na\nb\na\n".getBytes(ISO_8859_1));
            assertEquals("yesyes", new String(client.getInputStream().readAllBytes(), ISO_8859_1));
        }
        JsonNode closed = rack.events("kind:connectionClosed server:parts", 1).get(0);
        assertEquals(
                "server fin",
                closed.path("closedBy").asText() + " " + closed.path("closeKind").asText());
    }

    @Test
    void pauseAcceptLeavesConnectionsInTheBacklog() throws IOException {
        int port = rack.start(spec("shut", "", List.of("'type': 'pauseAccept'")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write('x');
            client.setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
            assertEquals(0, rack.counter("shut", "connectionsAccepted"));
            if (rack.get("/info").body().path("transport").asText().equals("epoll")) {
                assertEquals(
                        1,
                        rack.get("/servers/shut").body().at("/status/socket/acceptQueue").asInt());
            }
            assertEquals(1, applied("shut", "f1"));
            rack.call("PATCH", "/servers/shut", "{\"faults\": []}");
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            assertEquals('x', client.getInputStream().read());
        }
    }

    @Test
    void pauseReadClosesTheWindow() throws IOException {
        int port = rack.start(spec("deaf", "", List.of("'type': 'pauseRead'")));
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write("hello".getBytes(ISO_8859_1));
            client.setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
            assertEquals(1, applied("deaf", "f1"));
            assertEquals(0, rack.counter("deaf", "bytesIn"));
            rack.call("PATCH", "/servers/deaf", "{\"faults\": []}");
            client.setSoTimeout((int) Running.PATIENCE.toMillis());
            assertEquals("hello", new String(client.getInputStream().readNBytes(5), ISO_8859_1));
        }
    }

    private record Message(int number, String content) {}

    private interface Effect {
        List<Message> of(List<Message> messages);
    }

    /// A fault with what it makes of messages that come one after the other and then end.
    private record Modelled(String json, Effect effect) {
        static final List<Modelled> ALL =
                List.of(
                        new Modelled("'type': 'delay', 'delayMs': 2", all -> all),
                        new Modelled(
                                "'type': 'drop', 'match': {'message': [2, 3]}",
                                all ->
                                        all.stream()
                                                .filter(one -> one.number < 2 || one.number > 3)
                                                .toList()),
                        new Modelled(
                                "'type': 'duplicate', 'match': {'message': 2}",
                                all ->
                                        all.stream()
                                                .flatMap(one ->
                                                        one.number == 2
                                                                ? List.of(one, one).stream()
                                                                : List.of(one).stream())
                                                .toList()),
                        new Modelled("'type': 'reorder', 'distance': 2", FaultTest::reordered),
                        new Modelled(
                                "'type': 'truncate', 'toBytes': 1",
                                all ->
                                        all.stream()
                                                .map(one ->
                                                        new Message(
                                                                one.number,
                                                                one.content.substring(0, 1)))
                                                .toList()),
                        new Modelled("'type': 'coalesce', 'messages': 4", all -> all),
                        new Modelled("'type': 'bandwidth', 'bytesPerSecond': 100000", all -> all),
                        new Modelled(
                                "'type': 'blackhole', 'match': {'message': 5}",
                                all -> all.stream().takeWhile(one -> one.number != 5).toList()),
                        new Modelled("'type': 'slowClose', 'delayMs': 1", all -> all));
    }

    private static List<Message> reordered(List<Message> messages) {
        List<Message> out = new ArrayList<>();
        int at = 0;
        while (at < messages.size()) {
            int end = Math.min(messages.size(), at + 3);
            out.addAll(messages.subList(at + 1, end));
            out.add(messages.get(at));
            at = end;
        }
        return out;
    }

    private static String text(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        messages.forEach(one -> text.append(one.content).append('\n'));
        return text.toString();
    }

    /// A thread that blocks has one message at a time: none can overtake it or join it.
    private boolean worksHere(String fault) {
        return ioModel.equals("eventLoop")
                || !(fault.contains("'reorder'") || fault.contains("'coalesce'"));
    }

    private int last;

    private int number() {
        return ++last;
    }

    private static String spec(String name, String more, List<String> faults) {
        return "{\"name\": \"%s\"%s, \"faults\": [%s]}"
                .formatted(
                        name,
                        more.isEmpty() ? "" : ", " + more,
                        String.join(", ", faults.stream().map(FaultTest::json).toList()));
    }

    private static String json(String fault) {
        return "{" + fault.replace('\'', '"') + "}";
    }

    private void limit(String limit) {
        rack.call("PATCH", "/servers/ends", "{\"limits\": {\"%s\": 1}}".formatted(limit));
    }

    private long applied(String server, String id) {
        return rack.get("/servers/" + server)
                .body()
                .at("/status/faults/" + id + "/applied")
                .asLong();
    }

    /// All that comes back until the server's FIN.
    private String conversation(int port, String text) throws IOException {
        try (Socket client = rack.connect(port)) {
            client.getOutputStream().write(text.getBytes(ISO_8859_1));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String numbered(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(i).append('\n');
        }
        return lines.toString();
    }

    private static int bitsBetween(String one, String other) {
        int bits = 0;
        for (int i = 0; i < one.length(); i++) {
            bits += Integer.bitCount(one.charAt(i) ^ other.charAt(i));
        }
        return bits;
    }
}
