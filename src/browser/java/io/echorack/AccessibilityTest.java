package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import io.echorack.Chromium.Look;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// axe finds nothing: on a desk and on a phone, in both themes and both languages, whatever is open.
final class AccessibilityTest {
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

    @ParameterizedTest
    @CsvSource({"LIGHT, en-US", "DARK, en-US", "LIGHT, es-ES", "DARK, es-ES"})
    void axeFindsNothing(ColorScheme scheme, String language) throws IOException {
        for (Look look : List.of(Look.DESK, Look.PHONE)) {
            try (Tab tab = chromium.open(look.with(scheme, language), program.port(), "")) {
                assertThat(tab.at("#foot .dot-running")).isVisible();
                check(tab, "an empty rack");
            }
        }
        int port = program.start("{\"name\": \"lines\", \"framing\": {\"type\": \"delimiter\"}}");
        try (Socket socket = program.connect(port)) {
            socket.getOutputStream().write("one\ntwo\nleft".getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        program.post(
                "/runs?wait=60s",
                """
                {"target": {"server": "lines"}, "verify": "uppercase", "payload": {"text": "hola"}}\
                """);
        for (Look look : List.of(Look.DESK, Look.PHONE)) {
            try (Tab tab =
                    chromium.open(look.with(scheme, language), program.port(), "#/servers/lines")) {
                checkAll(tab);
            }
            try (Tab tab =
                    chromium.open(look.with(scheme, language), program.port(), "#/runs/r1")) {
                checkRuns(tab);
            }
            try (Tab tab =
                    chromium.open(
                            look.with(scheme, language), program.port(), "#/connections/c1")) {
                checkConnection(tab);
            }
        }
    }

    private static void checkAll(Tab tab) {
        assertThat(tab.rows("frame").first()).isVisible();
        check(tab, "a server");
        tab.at("[popovertarget=watching]").click();
        assertThat(tab.at("#watching dd").first()).isVisible();
        tab.at("#traffic-filter-text").press("ArrowDown");
        assertThat(tab.at("#traffic-filter-offers [aria-selected=true]")).isVisible();
        check(tab, "what watching costs, and what the filter may say");
        tab.page().keyboard().press("Escape");
        tab.page().keyboard().press("Escape");
        assertThat(tab.at("#watching")).isHidden();

        openFrame(tab);
        check(tab, "an open event");
        tab.page().keyboard().press("Escape");

        tab.at("#server-head .head-actions .button").first().click();
        tab.at("#probe [data-submit]").click();
        assertThat(tab.at("#probe .verdict")).isVisible();
        check(tab, "a probe");
        tab.page().keyboard().press("Escape");

        tab.at("#server-head .head-actions .button").nth(2).click();
        tab.at("#serverForm .more summary").click();
        tab.fill("server-port", "99999");
        tab.at("#serverForm [data-submit]").click();
        assertThat(tab.at("#server-port-error")).isVisible();
        check(tab, "the form with a wrong field");
        tab.page().keyboard().press("Escape");

        tab.at("#server-head .head-actions .button").last().click();
        assertThat(tab.at("#confirm")).isVisible();
        check(tab, "the question before a delete");
    }

    /// Rows move while events come in, so that a click may meet another one.
    private static void openFrame(Tab tab) {
        Running.eventually(
                () -> {
                    tab.rows("frame").first().click();
                    tab.page().waitForTimeout(500);
                    return tab.at("#event-detail .dump").isVisible();
                },
                seen -> seen);
    }

    private static void checkRuns(Tab tab) {
        assertThat(tab.at("#run-mismatch .dump").first()).isVisible();
        tab.at(".run-buckets summary").click();
        check(tab, "a run");

        tab.at("#run-head [data-run=again]").click();
        tab.choose("run-ends", "time");
        tab.fill("run-durationMs", "0");
        tab.at("#runForm [data-submit]").click();
        assertThat(tab.at("#run-durationMs-error")).isVisible();
        check(tab, "the run's form with a wrong field");
        tab.page().keyboard().press("Escape");

        tab.at("[data-place=runs]").click();
        assertThat(tab.at("#run-list [href='#/runs/r1']")).isAttached();
        check(tab, "all runs");
    }

    private static void checkConnection(Tab tab) {
        assertThat(tab.at("#lane-detail .dump")).isVisible();
        assertThat(tab.at(".life-wait")).isVisible();
        tab.at(".lanes-table summary").click();
        check(tab, "a connection's lanes");

        tab.at("#lanes .panel-tools .button").first().click();
        tab.choose("whatIf-framing-type", "fixed");
        tab.fill("whatIf-framing-frameBytes", "0");
        tab.at("#whatIf [data-submit]").click();
        assertThat(tab.at("#whatIf-framing-frameBytes-error")).isVisible();
        check(tab, "another framing with a wrong field");
        tab.fill("whatIf-framing-frameBytes", "5");
        tab.at("#whatIf [data-submit]").click();
        assertThat(tab.at(".what-if-band")).isVisible();
        check(tab, "what another framing would have made");

        tab.at("#connection-head nav a").last().click();
        assertThat(tab.at("#byte-stream .is-out").first()).isVisible();
        check(tab, "all bytes");
    }

    static void check(Tab tab, String where) {
        AxeRunOptions findingsAlone = new AxeRunOptions();
        findingsAlone.setResultTypes(List.of("violations"));
        List<String> found =
                new AxeBuilder(tab.page())
                                .setLegacyMode(true)
                                .options(findingsAlone)
                                .analyze()
                                .getViolations()
                                .stream()
                                .map(rule -> rule.getId() + " " + rule.getNodes())
                                .toList();
        assertEquals(List.of(), found, where);
    }
}
