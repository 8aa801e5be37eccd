package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import io.echorack.Chromium.Look;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection's page: reads beside messages, what another framing would have made, its life, and all its bytes.
final class ConnectionPageTest {
    private static final String FULL = "\"capture\": {\"payload\": \"full\"}";
    private static final String LINES =
            "{\"name\": \"lines\", \"framing\": {\"type\": \"delimiter\"}, " + FULL + "}";

    private static Chromium chromium;

    @TempDir Path data;

    private Running program;

    @BeforeAll
    static void openTheBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeTheBrowser() {
        chromium.close();
    }

    @BeforeEach
    void startTheProgram() {
        program = new Running(data);
    }

    @AfterEach
    void endTheProgram() {
        program.close();
    }

    @Test
    void aMessageInThreePiecesShowsThreeReadsAndOneMessage() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "ho", "l", "a\n");
        try (Tab tab = open(Look.DESK, "#/servers/lines")) {
            tab.at(".connection-line a[href='#/connections/%s']".formatted(connection)).click();
            assertThat(tab.at(".lane-read")).hasCount(3);
            assertThat(tab.at(".lane-frame.is-split")).hasCount(1);
            assertThat(tab.at(".lane-ribbon.is-split")).hasCount(3);
            assertThat(tab.at(".lanes-summary")).containsText("3 reads became 1 message.");
            assertThat(tab.at(".lane-frame .lane-bytes")).hasText("hola⏎");
            assertThat(tab.at("#lane-detail")).containsText("cut from reads 1 to 3");
            assertThat(tab.at("#lane-detail .dump")).containsText("68 6f 6c 61  0a");
            tab.at(".lane-read").nth(1).click();
            assertThat(tab.at("#lane-detail")).containsText("Read 2 brought 1 byte");
            assertThat(tab.at("#lane-detail")).containsText("a piece of message 1");
            assertThat(tab.page()).hasURL(Pattern.compile("seq=\\d+$"));
            tab.page().reload();
            assertThat(tab.at("#lane-detail h2")).hasText("read 2");
            tab.at(".lane-ribbon").last().click();
            assertThat(tab.at("#lane-detail")).containsText("2 bytes of message 1 came with");
            assertThat(tab.at("#lane-detail .dump .is-other").first()).hasText("61");
            tab.page().goBack();
            assertThat(tab.at(".server-head h2")).hasText("lines");
        }
    }

    @Test
    void twoMessagesInOneReadAreGluedAndWhatIsLeftOverIsMarked() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "one\ntwo\nleft");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            assertThat(tab.at(".lane-read.is-glued")).hasCount(1);
            assertThat(tab.at(".lane-frame")).hasCount(2);
            assertThat(tab.at(".lane-leftover")).hasCount(1);
            assertThat(tab.at(".lanes-summary")).containsText("4 bytes were left over");
            assertThat(tab.at(".lane-legend")).containsText("glued: one read");
            assertThat(tab.at("#lane-detail"))
                    .containsText("messages 1–2 and the beginning of the next");
            double read = width(tab, ".lane-read rect");
            assertEquals(read / 3, width(tab, ".lane-frame rect"), 1, "to scale");
        }
    }

    @Test
    void anotherFramingRedrawsTheMessagesAndBackAgain() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "abcd\nef\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            assertThat(tab.at(".lane-frame")).hasCount(2);
            tab.press("What if another framing?");
            tab.choose("whatIf-framing-type", "fixed");
            tab.fill("whatIf-framing-frameBytes", "0");
            tab.press("Redraw");
            assertThat(tab.at("#whatIf-framing-frameBytes-error")).isVisible();
            tab.fill("whatIf-framing-frameBytes", "4");
            tab.press("Redraw");
            assertThat(tab.at(".what-if-band")).containsText("4 bytes each");
            assertThat(tab.at(".lane-frame .lane-bytes").last()).hasText("⏎ef⏎");
            assertThat(tab.at(".lanes-names")).containsText("what if");
            tab.choose("whatIf-framing-type", "lengthPrefix");
            tab.press("Redraw");
            assertThat(tab.at(".what-if-band .is-bad")).containsText("would have closed");
            assertThat(tab.at(".lane-stop")).hasCount(1);
            tab.press("Back to what happened");
            assertThat(tab.at(".lane-frame .lane-bytes").last()).hasText("ef⏎");
            assertEquals(2, messages("lines"));
        }
    }

    @Test
    void aHintIsTriedAndBytesThatWereNotKeptHaveAWayOut() throws IOException {
        int port =
                program.start(
                        "{\"name\": \"crlf\", \"framing\": {\"type\": \"delimiter\","
                                + " \"delimiter\": {\"text\": \"\\r\\n\"}}, "
                                + FULL
                                + "}");
        String connection = said("crlf", port, "one\ntwo\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            assertThat(tab.at(".lanes-hint")).containsText("has not come in 8 bytes, but \\n has");
            tab.press("Try: delimiter ⏎");
            assertThat(tab.at(".lane-frame")).hasCount(2);
            assertThat(tab.at(".lanes-summary")).containsText("would have become 2 messages");
        }
        int other =
                program.start(
                        "{\"name\": \"head\", \"capture\": {\"payload\": \"head\", \"headBytes\": 2}}");
        String unkept = said("head", other, "a line\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + unkept)) {
            tab.press("What if another framing?");
            tab.press("Redraw");
            assertThat(tab.at("#whatIf [role=alert]").last()).containsText("Not all bytes");
            tab.press("Keep all bytes");
            assertThat(tab.at("#whatIf [role=alert]").last())
                    .containsText("head keeps all bytes from now on");
            assertEquals(
                    "full",
                    program.get("/servers/head").body().at("/spec/capture/payload").asText());
        }
    }

    @Test
    void itFollowsAnOpenConnectionWithoutMovingWhatIsRead() throws IOException {
        int port = program.start(LINES);
        try (Socket client = program.connect(port);
                Tab tab = open(Look.PHONE, "#/connections/" + opened("lines"))) {
            send(client, "the first of several lines\n");
            assertThat(tab.at(".lane-frame")).hasCount(1);
            tab.page().evaluate("document.querySelector('.lanes-scroll').scrollLeft = 0");
            double before = width(tab, ".lane-frame rect");
            send(client, "another line that is long as well\n");
            assertThat(tab.at(".lanes-summary")).containsText("became 2 messages");
            assertThat(tab.at(".life-bends")).containsText("open");
            assertEquals(0, tab.number("document.querySelector('.lanes-scroll').scrollLeft"));
            assertEquals(before, width(tab, ".lane-frame rect"));
            assertEquals(390, tab.number("document.documentElement.scrollWidth"));
        }
    }

    /// A page of events has the first bytes of each alone; what is opened or followed has all that were captured.
    @Test
    void aLongMessageIsShownWhole() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "0123456789".repeat(60) + "\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            assertThat(tab.at("#lane-detail .dump tr")).hasCount(76);
            assertThat(tab.at(".lane-read .lane-bytes"))
                    .hasText(Pattern.compile("^(0123456789){10,}"));
            tab.press("What if another framing?");
            tab.choose("whatIf-framing-type", "fixed");
            tab.fill("whatIf-framing-frameBytes", "300");
            tab.press("Redraw");
            assertThat(tab.at(".lane-frame")).hasCount(2);
            tab.at(".lane-frame").last().click();
            assertThat(tab.at("#lane-detail .dump tr")).hasCount(38);
            tab.at("#connection-head nav a").last().click();
            assertThat(tab.at("#byte-stream .panel-note")).hasText("1.2 KiB of 1.2 KiB shown");
        }
    }

    @Test
    void keysLeadAlongReadsAndMessages() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "one" + "x".repeat(300) + "\ntw", "o\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            assertThat(tab.at(".lane-read")).hasCount(2);
            tab.at(".lanes-scroll").focus();
            tab.page().keyboard().press("ArrowRight");
            tab.page().keyboard().press("ArrowRight");
            assertThat(tab.at(".is-cursor"))
                    .hasAttribute(
                            "aria-label", Pattern.compile("^read 2, 2 bytes, with message 2"));
            tab.page().keyboard().press("ArrowDown");
            tab.page().keyboard().press("Home");
            tab.page().keyboard().press("Enter");
            assertThat(tab.at("#lane-detail h2")).hasText("message 1");
            String active = tab.at(".lanes-scroll").getAttribute("aria-activedescendant");
            assertEquals(tab.at(".is-cursor").getAttribute("id"), active);
            double before = width(tab, ".lane-read rect");
            tab.page().keyboard().press("+");
            assertTrue(width(tab, ".lane-read rect") > before);
            tab.page().keyboard().press("0");
            assertTrue(
                    tab.number(
                                    "document.querySelector('.lanes-space').clientWidth - document.querySelector('.lanes-scroll').clientWidth")
                            <= 2);
            tab.at(".lanes-table summary").click();
            assertThat(tab.at(".lanes-table tbody tr")).hasCount(4);
        }
    }

    @Test
    void itsLifeSaysWhoClosedAndWhoWaits() throws IOException {
        int port = program.start(LINES);
        String connection = said("lines", port, "one\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            Locator bends = tab.at(".life-bend strong");
            assertThat(bends)
                    .hasText(
                            new String[] {
                                "accepted",
                                "first bytes in",
                                "first bytes out",
                                "client's FIN",
                                "closed in order"
                            });
            assertThat(tab.at(".life-wait")).containsText("stays with the client");
        }
        try (Socket client = program.connect(port);
                Tab tab = open(Look.DESK, "#/connections/" + opened("lines"))) {
            send(client, "one\n");
            assertThat(tab.at(".life-bend strong").last()).hasText("open");
            tab.press("RST");
            assertThat(tab.at(".life-wait")).containsText("stays with nobody");
        }
    }

    @Test
    void allBytesAreShownInTheFormThatIsAskedForAndCopied() throws IOException {
        int port =
                program.start(
                        "{\"name\": \"upper\", \"framing\": {\"type\": \"delimiter\"}, \"behavior\":"
                                + " {\"type\": \"uppercase\"}}");
        String connection = said("upper", port, "<b>hi</b>\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            tab.at("#connection-head nav a").last().click();
            assertThat(tab.at("#byte-stream .is-in")).containsText("<b>hi</b>⏎");
            assertThat(tab.at("#byte-stream .is-out")).containsText("<B>HI</B>⏎");
            assertThat(tab.at("#byte-stream .panel-note")).hasText("20 B of 20 B shown");
            tab.press("hex dump");
            assertThat(tab.at("#byte-stream .is-in"))
                    .containsText("3c 62 3e 68 69 3c 2f 62  3e 0a");
            tab.press("C array");
            assertThat(tab.at("#byte-stream .is-out")).containsText("out_1[] = {0x3c, 0x42, 0x3e");
            tab.press("YAML");
            assertThat(tab.at("#byte-stream .is-in")).containsText("PGI+aGk8L2I+Cg==");
            tab.press("Copy what is shown");
            assertThat(tab.at("[data-said]")).hasCount(1);
            tab.page().reload();
            assertThat(tab.at("#byte-stream .is-in")).containsText("<b>hi</b>⏎");
        }
    }

    @Test
    void aMessageIsCopiedInTheFormsOfSeveralLanguages() throws IOException {
        int port = program.start(LINES);
        said("lines", port, "h\u00e9\"\n");
        try (Tab tab = open(Look.DESK, "#/servers/lines")) {
            tab.rows("frame").first().click();
            tab.at("#event-detail [data-copy=python]").click();
            assertThat(tab.at("#event-detail [data-said]")).hasCount(1);
            assertEquals(
                    "static const unsigned char message[3] = {0x68, 0x00, 0xff};", form(tab, "c"));
            assertEquals("byte[] message = {0x68, 0x00, (byte) 0xff};", form(tab, "java"));
            assertEquals("message = b\"h\\x00\\xff\"", form(tab, "python"));
            assertEquals("aAD/", form(tab, "base64"));
            assertEquals("68 00 ff", form(tab, "hex"));
            tab.at("#event-detail a[href^='#/connections/']").click();
            assertThat(tab.at("#lane-detail h2")).hasText("message 1");
        }
    }

    @Test
    void datagramsStandSideBySideAndWritesHaveALaneOfTheirOwn() throws IOException {
        int udp = program.start("{\"name\": \"u\", \"protocol\": \"udp\"}");
        try (DatagramSocket client = new DatagramSocket()) {
            for (String text : new String[] {"hola", "dos"}) {
                byte[] bytes = text.getBytes(UTF_8);
                client.send(
                        new DatagramPacket(
                                bytes, bytes.length, InetAddress.getLoopbackAddress(), udp));
                client.receive(new DatagramPacket(new byte[10], 10));
            }
        }
        int port = program.start(LINES);
        String connection = said("lines", port, "one\ntwo\n");
        try (Tab tab = open(Look.DESK, "#/connections/" + opened("u"))) {
            assertThat(tab.at(".lane-datagram")).hasCount(4);
            assertThat(tab.at(".lanes-summary")).containsText("4 datagrams.");
            assertThat(tab.at(".lane-ribbon")).hasCount(0);
        }
        try (Tab tab = open(Look.DESK, "#/connections/" + connection)) {
            tab.press("← out");
            assertThat(tab.at(".lane-write.is-out")).hasCount(2);
            assertThat(tab.page()).hasURL(Pattern.compile("way=out$"));
        }
    }

    /// What the log does not hold is a break where both lanes lack it, and a gap where one does.
    @Test
    void whatTheLogLostIsMarked() {
        try (Tab tab = open(Look.DESK, "")) {
            assertThat(tab.at("#foot .dot-running")).isVisible();
            Object laid =
                    tab.page()
                            .evaluate(
                                    """
                                    import("/static/js/laneLayout.js").then(({ readsAndMessages }) => {
                                      const read = (seq, n, offset, length) => ({ seq, n, offset, length });
                                      const frame = (seq, offset, length, firstRead, lastRead) => ({ seq, offset, length, firstRead, lastRead });
                                      const { breaks, lanes, ribbons } = readsAndMessages({
                                        reads: [read(1, 1, 100, 10), read(5, 9, 500, 10), read(9, 11, 520, 10)],
                                        frames: [frame(2, 100, 10, 1, 1), frame(6, 500, 30, 9, 11)], leftover: 0 });
                                      const places = (gaps) => gaps.map(({ from, until }) => `${from}-${until}`).join();
                                      return [places(breaks), places(lanes[0].gaps), places(lanes[1].gaps), ribbons.length, lanes[1].items[1].n].join(" | ");
                                    })
                                    """);
            assertEquals("110-500 | 510-520 |  | 3 | ", laid);
        }
    }

    @Test
    void aConnectionThatIsNotThereSaysSo() {
        try (Tab tab = open(Look.DESK, "#/connections/c999")) {
            assertThat(tab.at("#connection-head")).containsText("no connection called c999");
        }
    }

    private Tab open(Look look, String place) {
        Tab tab = chromium.open(look, program.port(), place);
        assertThat(tab.at("#foot .dot-running")).isVisible();
        return tab;
    }

    /// Sends each piece once the one before it was read, ends, and tells the connection's id.
    private String said(String server, int port, String... pieces) throws IOException {
        try (Socket client = program.connect(port)) {
            client.setTcpNoDelay(true);
            for (int sent = 0; sent < pieces.length; sent++) {
                send(client, pieces[sent]);
                program.events("server:" + server + " kind:read", sent + 1);
            }
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        }
        return program.events("server:" + server + " kind:connectionClosed", 1)
                .get(0)
                .path("connection")
                .asText();
    }

    /// The latest connection that a server has.
    private String opened(String server) {
        return Running.eventually(
                () -> {
                    var all =
                            program.get("/connections?server=" + server).body().path("connections");
                    return all.isEmpty() ? "" : all.get(all.size() - 1).path("id").asText();
                },
                id -> !id.isEmpty());
    }

    private int messages(String server) {
        return program.get("/servers/" + server).body().at("/status/counters/messagesIn").asInt();
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static double width(Tab tab, String selector) {
        return tab.at(selector).first().boundingBox().width;
    }

    /// Three bytes in a form to copy.
    private static String form(Tab tab, String name) {
        return (String)
                tab.page()
                        .evaluate(
                                "name => import('/static/js/byteForms.js').then(({ FORMS }) =>"
                                        + " FORMS[name](Uint8Array.of(0x68, 0, 0xff)))",
                                name);
    }
}
