package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.echorack.Chromium.Look;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person does with the page, against the real program.
final class RackPageTest {
    private static final String LINES =
            """
            {"name": "line-upper", "behavior": {"type": "uppercase"}, "framing": {"type": "delimiter"}}\
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
    void aServerIsStartedSpokenToProbedStoppedAndDeleted() throws IOException {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "")) {
            tab.press("Start a server");
            tab.fill("server-name", "line-upper");
            tab.choose("server-behavior-type", "uppercase");
            tab.choose("server-framing-type", "delimiter");
            tab.fill("server-port", "0");
            tab.press("Start the server");
            assertThat(tab.at(".server-head .state")).hasText("running");
            int port = program.get("/servers/line-upper").body().at("/status/port").asInt();
            assertThat(tab.at(".server-head .copy-line code")).hasText("nc 127.0.0.1 " + port);

            say(port, "hel", "lo\nworld\n");
            assertThat(tab.rows("frame")).hasCount(2);
            assertThat(tab.rows("write").first()).containsText("HELLO⏎");
            tab.rows("frame").first().click();
            assertThat(tab.at("#event-detail .sentence")).containsText("Message of 6 bytes");
            assertThat(tab.at("#event-detail .dump")).containsText("68 65 6c 6c  6f 0a");
            assertThat(tab.at("#event-detail .dump")).containsText("hello⏎");

            tab.press("Probe");
            tab.press("Send");
            assertThat(tab.at("#probe .verdict")).containsText("as expected of this server");
            assertThat(tab.at("#probe-answer")).containsText("HOLA⏎");
            tab.page().keyboard().press("Escape");
            assertThat(tab.at("#probe")).isHidden();

            tab.press("Stop");
            assertThat(tab.at(".server-head .state")).hasText("stopped");
            tab.press("Delete");
            tab.press("Delete the server");
            assertThat(tab.at("#server-count")).hasText("0 servers");
            assertEquals(404, program.get("/servers/line-upper").status());
        }
    }

    @Test
    void aWrongFieldCarriesTheProgramsOwnSentence() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "")) {
            tab.press("Start a server");
            tab.fill("server-port", "99999");
            tab.fill("server-name", "Not A Name");
            tab.at("#serverForm .more summary").click();
            tab.fill("server-limits-maxConnections", "0");
            tab.press("Start the server");
            var told =
                    program.post(
                                    "/servers",
                                    """
                                    {"name": "Not A Name", "port": 99999, "limits": {"maxConnections": 0}}\
                                    """)
                            .body()
                            .path("errors");
            assertEquals(3, told.size());
            for (var error : told) {
                Locator field =
                        tab.at(
                                "#serverForm [data-pointer='%s'] .field-error"
                                        .formatted(error.path("pointer").asText()));
                assertThat(field).hasText(error.path("detail").asText());
            }
            assertThat(tab.at("#server-port")).isFocused();
        }
    }

    @Test
    void anEditKeepsWhatItsFormDoesNotShow() {
        program.start(
                """
                {"name": "rich", "behavior": {"type": "rules", "banner": {"text": "hi"}, "otherwise": "close",
                  "rules": [{"when": {"regex": "a"}, "reply": {"text": "b"}}]},
                 "socket": {"keepAlive": true}, "limits": {"allow": ["127.0.0.1"], "maxConnections": 5}}
                """);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/rich")) {
            tab.press("Edit");
            tab.fill("server-limits-maxConnections", "6");
            tab.press("Save");
            assertThat(tab.at("#server-head [role=status]")).containsText("applied live");
            assertThat(tab.at("#settings")).containsText("1 rule, otherwise the end");
            assertThat(tab.at("#settings")).containsText("127.0.0.1");
            JsonNode spec = program.get("/servers/rich").body().path("spec");
            assertEquals(6, spec.at("/limits/maxConnections").asInt(), spec.toString());
            assertEquals("127.0.0.1", spec.at("/limits/allow/0").asText(), spec.toString());
            assertTrue(spec.at("/socket/keepAlive").asBoolean(), spec.toString());
            assertEquals("a", spec.at("/behavior/rules/0/when/regex").asText(), spec.toString());
            assertEquals("hi", spec.at("/behavior/banner/text").asText(), spec.toString());
        }
    }

    @Test
    void aChangeSaysWhetherItRestartedTheServer() {
        program.start(LINES);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            tab.press("Edit");
            tab.at("#serverForm .more summary").click();
            tab.fill("server-note", "for the <b>lab</b>");
            tab.press("Save");
            assertThat(tab.at("#server-head [role=status]")).containsText("applied live");
            assertThat(tab.at(".server-note").first()).hasText("for the <b>lab</b>");
            tab.press("Edit");
            tab.fill("server-socket-receiveBufferBytes", "8192");
            tab.press("Save");
            assertThat(tab.at("#server-head [role=status]")).containsText("restarted");
            assertThat(tab.at("#settings")).containsText("asked 8 KiB, granted 16 KiB");
        }
    }

    @Test
    void whatComesIsTextWhateverItIs() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            say(port, "<script>alert(1)</script><img src=x onerror=alert(2)>\n");
            say(port, "\u001b[31m\0\u202egnp.exe\n");
            Locator script = row(tab, "<script>alert(1)</script><img src=x onerror=alert(2)>⏎");
            assertThat(row(tab, "␛[31m␀⟨202E⟩gnp.exe⏎")).isVisible();
            script.click();
            assertThat(tab.at("#event-detail .dump")).containsText("<script>");
            assertEquals(
                    0, tab.number("document.querySelectorAll('main script, main img').length"));
        }
    }

    @Test
    void aFilterNarrowsAndAWrongOneShowsThePlace() throws IOException {
        int port = program.start(LINES);
        say(port, "one\ntwo\n");
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            assertThat(tab.rows("write")).hasCount(2);
            tab.page().keyboard().press("/");
            tab.page().keyboard().type("kind:frame");
            tab.page().keyboard().press("Enter");
            assertThat(tab.rows("write")).hasCount(0);
            assertThat(tab.rows("frame")).hasCount(2);
            tab.fill("traffic-filter-text", "kind:frame len>x");
            tab.page().keyboard().press("Enter");
            assertThat(tab.at("#traffic-filter-error mark")).hasText("x");
        }
    }

    @Test
    void aFilterSaysThatItIsNotAppliedYetAndEscClosesTheEventFromItsBox() throws IOException {
        int port = program.start(LINES);
        say(port, "one\n");
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            tab.rows("frame").first().click();
            assertThat(tab.at("#event-detail")).isVisible();
            tab.fill("traffic-filter-text", "kind:frame");
            assertThat(tab.at("#traffic-filter-pending")).isVisible();
            tab.page().keyboard().press("Escape");
            assertThat(tab.at("#traffic-filter-pending")).isHidden();
            assertThat(tab.at("#event-detail")).isVisible();
            tab.page().keyboard().press("/");
            tab.page().keyboard().press("Escape");
            assertThat(tab.at("#event-detail")).isHidden();
        }
    }

    @Test
    void aProbeOffersAWholeMessageAndSilenceIsRightForADiscardServer() {
        program.start(
                """
                {"name": "prefixed", "framing": {"type": "lengthPrefix", "lengthBytes": 2}}\
                """);
        program.start(
                """
                {"name": "silent", "behavior": {"type": "discard"}}\
                """);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/prefixed")) {
            assertThat(tab.at(".server-head .copy-line code")).containsText("printf '\\0\\4hola'");
            tab.press("Probe");
            assertThat(tab.at("#probe-payload")).hasValue("hola");
            tab.page().keyboard().press("Enter");
            assertThat(tab.at("#probe .verdict")).containsText("the same bytes that went out");
            tab.choose("probe-target-server", "silent");
            assertThat(tab.at("#probe-payload")).hasValue("hola\\n");
            tab.fill("probe-timeoutMs", "300");
            tab.press("Send");
            assertThat(tab.at("#probe .verdict")).containsText("as it should");
        }
    }

    @Test
    void aPauseHoldsTheTableAndGoesOnWithoutAHole() throws IOException {
        int port = program.start(LINES);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            say(port, "before\n");
            assertThat(tab.rows("frame")).hasCount(1);
            tab.page().keyboard().press(" ");
            assertThat(tab.at("#traffic-note")).containsText("paused");
            say(port, "meanwhile\n");
            assertThat(tab.at("#traffic-note")).containsText("newer");
            assertThat(tab.rows("frame")).hasCount(1);
            tab.page().keyboard().press(" ");
            assertThat(tab.rows("frame")).hasCount(2);
            assertThat(tab.rows("frame").last()).containsText("meanwhile⏎");
        }
    }

    @Test
    void theBannerTellsOfALostProgramAndGoesWhenItIsBack() throws IOException {
        Path other = data.resolve("other");
        Echorack lost = Echorack.start(new Settings("127.0.0.1", 0, other, false));
        int port = lost.port();
        try (Tab tab = chromium.open(Look.DESK, port, "")) {
            assertThat(tab.at("#foot")).containsText("live");
            lost.close();
            assertThat(tab.at("#banner")).isVisible();
            tab.press("Start a server");
            tab.press("Start the server");
            assertThat(tab.at("#serverForm [data-form-problem]")).isVisible();
            try (Echorack back = Echorack.start(new Settings("127.0.0.1", port, other, false))) {
                assertEquals(port, back.port());
                assertThat(tab.at("#banner")).isHidden();
                assertThat(tab.at("#serverForm [data-form-problem]")).isHidden();
                tab.fill("server-port", "0");
                tab.press("Start the server");
                assertThat(tab.at(".server-head .state")).hasText("running");
                String command = tab.at(".server-head .copy-line code").textContent();
                say(Integer.parseInt(command.replaceAll(".* ", "")), "again");
                assertThat(tab.rows("write")).containsText("again");
            }
        }
    }

    @Test
    void languageAndThemeAreKept() {
        try (Tab tab =
                chromium.open(Look.DESK.with(ColorScheme.DARK, "es-MX"), program.port(), "")) {
            assertThat(tab.at("html")).hasAttribute("lang", "es");
            tab.at("[data-language][lang=en]").click();
            assertThat(tab.at("html")).hasAttribute("lang", "en");
            assertThat(tab.at("#foot .dot-running")).isVisible();
            tab.press("Theme: as the system");
            assertThat(tab.at("html")).hasAttribute("data-theme", "light");
            tab.page().reload();
            assertThat(tab.at("html")).hasAttribute("lang", "en");
            assertThat(tab.at("html")).hasAttribute("data-theme", "light");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/", "#/traffic", "#/servers/line-upper"})
    void nothingScrollsSidewaysOnAPhone(String place) throws IOException {
        int port = program.start(LINES);
        say(port, "a long line ".repeat(50) + "\n");
        try (Tab tab = chromium.open(Look.PHONE, program.port(), place)) {
            assertThat(tab.at("#foot")).containsText("live");
            assertEquals(390, tab.number("document.documentElement.scrollWidth"));
        }
    }

    /// The message of that text, wherever it stands: between connections the order is the log's.
    private static Locator row(Tab tab, String text) {
        return tab.rows("frame").filter(new Locator.FilterOptions().setHasText(text));
    }

    /// Sends the pieces one by one, says that it is done, and takes the whole answer.
    private void say(int port, String... pieces) throws IOException {
        try (Socket socket = program.connect(port)) {
            socket.setTcpNoDelay(true);
            for (String piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(UTF_8));
            }
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
