package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import io.echorack.Chromium.Look;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of events holds very many rows, draws those in sight, and stands still for whoever reads.
final class TrafficTableTest {
    private static final String LINES =
            """
            {"name": "lines", "framing": {"type": "delimiter"}}\
            """;

    /// Rows that no server brought: as many as asked for, from a seq on.
    private static final String ROWS =
            """
            window.rows = await import("/static/js/rows.js");
            window.store = await import("/static/js/store.js");
            window.bring = (from, many) => {
                rows.append(Array.from({length: many}, (_, at) => ({seq: from + at, at: "2026-01-02T03:04:05.000000006Z",
                    kind: "read", server: "one", connection: "c1", direction: "in", length: 1, n: from + at,
                    offset: from + at, payload: {text: "a"}})));
                store.changed("rows");
            };
            """;

    /// A page that asks for a hundred events a second.
    private static final String MODEST =
            """
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (word) {
                send.call(this, word.replace(/"maxPerSecond":\\d+/, '"maxPerSecond":100'));
            };
            """;

    /// All events that the page knows of, taken and missed.
    private static final String TALLY =
            "(({shown, skipped, unread}) => shown + skipped + unread)((await import('/static/js/traffic.js')).tally)";

    /// Where what was skipped stands, and how much of it.
    private static final String GAPS =
            """
            await (async () => {
                const rows = await import("/static/js/rows.js");
                return Array.from({length: rows.count()}, (_, at) => ({at, ...rows.at(at)})).filter(({gap}) => gap === "skipped");
            })()
            """;

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
    void thousandsOfRowsAreHeldAndSomeDozenDrawn() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = open("#/servers/lines")) {
            say(port, 0, 3_000);
            assertThat(tab.rows("write").last()).containsText("line 2999⏎");
            assertTrue(held(tab) > 6_000);
            assertTrue(drawn(tab) < 60, "drawn: " + drawn(tab));
            tab.at("#traffic-rows").press("Home");
            Locator first = tab.at("#traffic-rows [aria-rowindex='2']");
            assertThat(first).isVisible();
            assertTrue(drawn(tab) < 60, "drawn: " + drawn(tab));
            tab.at("#traffic-rows").press("End");
            assertThat(first).not().isAttached();
            assertThat(tab.rows("write").last()).containsText("line 2999⏎");
        }
    }

    @Test
    void theKeysGoFromRowToRow() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = open("#/servers/lines")) {
            say(port, 0, 500);
            assertThat(tab.rows("write").last()).containsText("line 499⏎");
            Locator table = tab.at("#traffic-rows");
            table.press("Home");
            int top = chosen(tab);
            assertEquals(2, top);
            table.press("ArrowDown");
            assertEquals(top + 1, chosen(tab));
            table.press("PageDown");
            int below = chosen(tab);
            assertTrue(below > top + 5, "row " + below);
            table.press("ArrowUp");
            assertEquals(below - 1, chosen(tab));
            table.press("PageUp");
            table.press("PageUp");
            assertEquals(top, chosen(tab));
        }
    }

    @Test
    void whatHappenedBeforeComesWhereOneGoesUp() throws IOException {
        int port = program.start(LINES);
        program.events("kind:serverStarted", 1);
        say(port, 0, 500);
        program.events("kind:connectionClosed", 1);
        try (Tab tab = open("#/servers/lines")) {
            assertThat(tab.rows("write").last()).containsText("line 499⏎");
            assertEquals(300, held(tab));
            tab.at("#traffic-rows").press("Home");
            assertThat(tab.at("#traffic-rows[aria-rowcount='301']")).not().isAttached();
            assertThat(tab.at("#traffic-rows [aria-selected=true]")).isInViewport();
            tab.at("#traffic-rows").press("Home");
            assertThat(tab.at("#traffic-rows [aria-rowindex='2']")).containsText("server started");
        }
    }

    @Test
    void scrollingUpStandsStillAndTheButtonLeadsBack() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = open("#/servers/lines")) {
            say(port, 0, 500);
            assertThat(tab.rows("write").last()).containsText("line 499⏎");
            tab.at("#traffic-rows").hover();
            tab.page().mouse().wheel(0, -3_000);
            assertThat(tab.at("#traffic-note")).containsText("reading above");
            Locator read =
                    tab.at("#" + tab.at(".traffic-row[data-seq]").nth(20).getAttribute("id"));
            double place = read.boundingBox().y;
            say(port, 500, 700);
            assertThat(tab.at("#traffic-follow")).containsText(Pattern.compile("[1-9]\\d\\d new"));
            assertEquals(place, read.boundingBox().y, 0.5);
            tab.at("#traffic-follow").click();
            assertThat(tab.rows("write").last()).containsText("line 699⏎");
            assertThat(tab.at("#traffic-follow")).isHidden();
            assertThat(tab.at("#traffic-note")).containsText("following");
        }
    }

    @Test
    void theOldestRowsGoAndWhatIsReadStays() {
        program.start(LINES);
        try (Tab tab = open("#/traffic")) {
            assertThat(tab.at(".traffic-row")).hasCount(1);
            run(tab, ROWS + "bring(1_000_001, 209_000)");
            assertThat(tab.at("#event-1209000")).isVisible();
            run(tab, "document.querySelector('#traffic-rows').scrollTop = 100_000 * 26");
            Locator read = tab.at("#event-1100010");
            assertThat(read).hasAttribute("aria-rowindex", String.valueOf(100_012));
            double place = read.boundingBox().y;
            run(tab, "bring(1_209_001, 12_000)");
            assertThat(tab.at("#traffic-rows"))
                    .hasAttribute("aria-rowcount", String.valueOf(201_002));
            assertThat(read).hasAttribute("aria-rowindex", String.valueOf(80_012));
            assertEquals(place, read.boundingBox().y, 0.5);
            assertTrue(drawn(tab) < 60, "drawn: " + drawn(tab));
        }
    }

    @Test
    void aRowComesOutOfTheRingAsItWentIn() {
        try (Tab tab = open("#/runs")) {
            String hex = "00ff".repeat(128);
            assertEquals(
                    List.of(true, true, true, -1),
                    tab.page()
                            .evaluate(
                                    """
                                    async (hex) => {
                                        const rows = await import("/static/js/rows.js");
                                        const events = [
                                            {seq: 7, at: "2026-01-02T03:04:05Z", kind: "read", length: 256, n: 1, offset: 0, payload: {hex}},
                                            {seq: 8, at: "2026-01-02T03:04:05Z", kind: "frame", length: 2, firstRead: 1, lastRead: 1, payload: {text: "é\\n"}},
                                            {seq: 11, at: "2026-01-02T03:04:06Z", kind: "notKnownYet", tells: {of: ["much"]}, by: "server"}];
                                        rows.append(events);
                                        const sorted = (thing) => JSON.stringify(Object.entries(thing).sort());
                                        return [...events.map(({seq, ...more}) => sorted(rows.find(seq).event) === sorted({seq, ...more})), rows.indexOf(9)];
                                    }
                                    """,
                                    hex));
        }
    }

    @Test
    void whatThePageMissedStandsWhereItBelongsAndIsCountedToTheEvent() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = open("#/servers/lines")) {
            tab.page().addInitScript(MODEST);
            tab.page().reload();
            assertThat(tab.at("#foot .dot-running")).isVisible();
            assertThat(tab.at(".traffic-row")).hasCount(1);
            long before = latestSeq();
            say(port, 0, 3_000);
            program.events("kind:connectionClosed", 1);
            long came = latestSeq() - before;
            tab.page().waitForFunction("async () => " + TALLY + " === " + came);
            int missed = tab.number("(async () => (" + GAPS + ")[0]?.count ?? 0)()");
            assertTrue(missed > 0, "nothing was missed");
            run(
                    tab,
                    "document.querySelector('#traffic-rows').scrollTop = 26 * ("
                            + GAPS
                            + ")[0].at");
            Locator gap = tab.at(".traffic-gap").first();
            assertThat(gap).containsText("%,d event".formatted(missed));
            assertThat(gap).containsText("left out");
            tab.at("[popovertarget=watching]").click();
            assertThat(tab.at("#watching .is-missed").last()).isVisible();
            tab.page().keyboard().press("Escape");
            assertThat(tab.at("#watching")).isHidden();
        }
    }

    private Tab open(String place) {
        Tab tab = chromium.open(Look.DESK, program.port(), place);
        assertThat(tab.at("#foot .dot-running")).isVisible();
        return tab;
    }

    private static void run(Tab tab, String script) {
        tab.page().evaluate("async () => {" + script + "}");
    }

    private static int drawn(Tab tab) {
        return tab.number("document.querySelectorAll('.traffic-row').length");
    }

    private static int held(Tab tab) {
        return tab.number("document.querySelector('#traffic-rows').ariaRowCount - 1");
    }

    /// The place of the row that the table calls its active one.
    private static int chosen(Tab tab) {
        tab.page().waitForTimeout(100);
        Locator chosen = tab.at("#traffic-rows [aria-selected=true]");
        assertThat(tab.at("#traffic-rows"))
                .hasAttribute("aria-activedescendant", chosen.getAttribute("id"));
        assertThat(chosen).isInViewport();
        return Integer.parseInt(chosen.getAttribute("aria-rowindex"));
    }

    private long latestSeq() {
        return program.get("/events?limit=1").body().path("latestSeq").asLong();
    }

    /// Lines of those numbers, each read back, so that all of them have happened.
    private void say(int port, int from, int until) throws IOException {
        try (Socket socket = program.connect(port)) {
            StringBuilder lines = new StringBuilder();
            for (int number = from; number < until; number++) {
                lines.append("line ").append(number).append('\n');
            }
            Thread.ofVirtual().start(() -> write(socket, lines.toString()));
            socket.getInputStream().readAllBytes();
        }
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.shutdownOutput();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
