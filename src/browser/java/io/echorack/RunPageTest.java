package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import io.echorack.Chromium.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person does with the test clients on the page, against the real program.
final class RunPageTest {
    private static final String LINES =
            """
            {"name": "line-upper", "behavior": {"type": "uppercase"}, "framing": {"type": "delimiter"}}\
            """;
    private static final List<String> STEPS =
            List.of("min", "p50", "p90", "p95", "p99", "p999", "p9999", "max", "mean", "stddev");

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
        program.start(LINES);
    }

    @AfterEach
    void endTheProgram() {
        program.close();
    }

    @Test
    void aRunIsStartedWatchedStoppedAndDeleted() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            tab.press("Run");
            tab.choose("run-ends", "time");
            tab.fill("run-durationMs", "600000");
            tab.fill("run-connections", "2");
            tab.press("Start the run");
            assertThat(tab.at("#run-head .state")).hasText("running");
            assertThat(tab.at(".places-count")).hasText("1");
            assertThat(tile(tab, "answered")).not().hasText("0");
            String soFar = tile(tab, "answered").textContent();
            assertThat(tile(tab, "answered")).not().hasText(soFar);
            assertTrue(
                    tab.number("document.querySelector('.run-progress progress').value * 1e6") > 0);

            tab.press("Stop");
            assertThat(tab.at("#run-head .state")).hasText("stopped");
            assertThat(tab.at("#run-head .verdict")).containsText("Stopped after");
            assertThat(tab.at(".places-count")).isHidden();
            JsonNode run = program.get("/runs/r1").body();
            assertEquals("aborted", run.path("state").asText());
            assertEquals(2, run.at("/spec/connections").asInt());
            assertThat(tile(tab, "answered")).hasText(grouped(run.path("received")));

            tab.press("Delete");
            tab.press("Delete the run");
            assertThat(tab.at("#runs-count")).hasText("0 runs");
            assertEquals(404, program.get("/runs/r1").status());
        }
    }

    @Test
    void theTrafficGoesOnWhereOneComesBackToIt() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/line-upper")) {
            probe("before");
            assertThat(tab.rows("write")).hasCount(1);
            tab.at("[data-place=runs]").click();
            assertThat(tab.at("#run-table")).isVisible();
            probe("meanwhile");
            tab.at("[data-place=rack]").click();
            tab.at("#server-list [href='#/servers/line-upper']").click();
            assertThat(tab.rows("write")).hasCount(2);
            probe("after");
            assertThat(tab.rows("write")).hasCount(3);
            assertThat(tab.rows("write").last()).containsText("AFTER⏎");
        }
    }

    @Test
    void whatAResultSaysIsWhatTheInterfaceSays() {
        JsonNode run = ended("{\"target\": {\"server\": \"line-upper\"}, \"count\": 500}");
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs/r1")) {
            assertThat(tab.at("#run-head .verdict")).containsText("All 500 messages came back");
            assertThat(tile(tab, "sent")).hasText(grouped(run.path("sent")));
            assertThat(tile(tab, "lost")).hasText("0");
            assertThat(count(tab, "answered in time")).containsText(grouped(run.path("received")));
            assertThat(count(tab, "answered twice")).hasText(grouped(run.path("duplicates")));
            Map<String, String> columns =
                    Map.of(
                            "answer", "serviceTimeNanos",
                            "first byte", "firstByteNanos",
                            "connect", "connectNanos");
            List<String> heads = tab.at("#run-times thead th").allTextContents();
            assertEquals(columns.keySet(), Set.copyOf(heads));
            for (int row = 0; row < STEPS.size(); row++) {
                Locator cells = tab.at("#run-times tbody tr").nth(row).locator("td span");
                for (int column = 0; column < heads.size(); column++) {
                    String field = columns.get(heads.get(column));
                    long nanos = Math.round(run.path(field).path(STEPS.get(row)).asDouble());
                    assertThat(cells.nth(column))
                            .hasAttribute("title", String.format(Locale.US, "%,d ns", nanos));
                }
            }
        }
    }

    @Test
    void theHistogramIsDrawnAndHasItsNumbersBelow() {
        JsonNode buckets =
                ended("{\"target\": {\"server\": \"line-upper\"}}").path("serviceTimeBuckets");
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/")) {
            assertThat(tab.at("#foot")).containsText("live");
            assertFalse((Boolean) tab.page().evaluate("'Chart' in globalThis"));
            tab.at("[data-place=runs]").click();
            tab.at("#run-list [href='#/runs/r1']").click();
            String chart = "globalThis.Chart?.getChart(document.querySelector('canvas'))";
            tab.page()
                    .waitForCondition(
                            () -> tab.page().evaluate(chart + " !== undefined").equals(true));
            String bars = chart + ".data.datasets[0]";
            assertEquals(buckets.size(), tab.number(bars + ".data.length"));
            assertEquals(
                    1000, tab.number(bars + ".data.reduce((sum, bar) => sum + (bar.y ?? 0), 0)"));

            tab.at(".run-buckets summary").click();
            Locator rows = tab.at(".run-buckets tbody tr");
            assertThat(rows).hasCount(buckets.size());
            assertThat(rows.first().locator("td").nth(2))
                    .hasText(grouped(buckets.path(0).path("count")));
            assertThat(rows.last().locator("td").last()).hasText("100 %");

            Object light = tab.page().evaluate(bars + ".backgroundColor");
            tab.press("Theme: as the system");
            tab.press("Theme: light");
            tab.page()
                    .waitForCondition(
                            () -> !light.equals(tab.page().evaluate(bars + ".backgroundColor")));
        }
    }

    @Test
    void aWrongAnswerIsShownBesideTheExpectedOne() {
        ended(
                """
                {"target": {"server": "line-upper"}, "payload": {"text": "1234567890hola"}, \
                "verify": "echo", "count": 20}\
                """);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs/r1")) {
            assertThat(tab.at("#run-head .verdict")).containsText("20 answers held other bytes");
            assertThat(tab.at("#run-mismatch")).containsText("at byte 10, 68 (h) was expected");
            Locator dumps = tab.at("#run-mismatch .dump");
            assertThat(dumps.first().locator("th").first()).hasText("0002");
            assertThat(dumps.first()).containsText("hola");
            assertThat(dumps.last().locator(".is-different").first()).hasText("48");
            assertThat(count(tab, "answered twice")).containsText("can't be told");
        }
    }

    @Test
    void whatCantBeToldIsNeverZero() {
        ended("{\"target\": {\"server\": \"line-upper\"}, \"payload\": {\"text\": \"hola\"}}");
        ended("{\"target\": {\"server\": \"line-upper\"}, \"verify\": \"none\"}");
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs/r1")) {
            assertThat(count(tab, "answered twice")).hasText("can't be told: equal messages");
            tab.at("#run-list [href='#/runs/r2']").click();
            assertThat(count(tab, "answered out of order"))
                    .hasText("can't be told: answers are not checked");
            assertThat(tab.at("#run-head .verdict")).containsText("was not checked");
        }
    }

    @Test
    void everyWrongFieldIsToldAtItsPlace() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs")) {
            tab.press("Start a run");
            tab.choose("run-target-server", "");
            tab.fill("run-target-port", "70000");
            tab.fill("run-count", "0");
            tab.fill("run-connections", "257");
            tab.fill("run-timeoutMs", "soon");
            tab.choose("run-payload-kind", "sizes");
            tab.fill("run-payload-least", "2000");
            tab.press("Start the run");
            JsonNode told =
                    program.post(
                                    "/runs",
                                    """
                                    {"target": {"host": "127.0.0.1", "port": 70000}, "protocol": "tcp", \
                                    "count": 0, "connections": 257, "timeoutMs": "soon", "verify": "echo", \
                                    "payload": {"sizeBytes": [2000, 1400]}}\
                                    """)
                            .body()
                            .path("errors");
            assertEquals(5, told.size(), told.toString());
            for (JsonNode error : told) {
                Locator field =
                        tab.at(
                                "#runForm [data-pointer='%s'] > .field-error"
                                        .formatted(error.path("pointer").asText()));
                assertThat(field).hasText(error.path("detail").asText());
            }
            assertThat(tab.at("#runForm [data-form-problem]")).isHidden();
            assertThat(tab.at("#run-target-port")).isFocused();
        }
    }

    @Test
    void aRunAgainAsksForTheSame() {
        ended(
                """
                {"target": {"server": "line-upper"}, "count": 30, "durationMs": 60000, "inFlight": 3, \
                "payload": {"sizeBytes": [10, 20], "seed": 7}, "verify": "uppercase"}\
                """);
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs/r1")) {
            tab.press("Run again");
            tab.press("Start the run");
            assertThat(tab.at("#run-head h2")).containsText("r2");
            assertThat(tab.at("#run-head .state")).hasText("completed");
            JsonNode first = program.get("/runs/r1").body().path("spec");
            assertEquals(first, program.get("/runs/r2").body().path("spec"));
        }
    }

    @Test
    void moreRunsThanTheStreamBringsAreListedAndAMissingOneIsSaidToBeGone() {
        for (int i = 0; i < 25; i++) {
            ended("{\"target\": {\"server\": \"line-upper\"}, \"count\": 1}");
        }
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs")) {
            assertThat(tab.at("#runs-count")).hasText("25 runs");
            assertThat(tab.at("#run-table tbody tr")).hasCount(25);
            assertThat(tab.at("#run-table tbody th").first()).hasText("r25");
        }
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/runs/r99")) {
            assertThat(tab.at("#run-head")).containsText("no run r99");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/runs", "#/runs/r1"})
    void nothingScrollsSidewaysOnAPhone(String place) {
        ended(
                """
                {"target": {"server": "line-upper"}, "verify": "echo", "payload": {"text": "a long one"}}\
                """);
        try (Tab tab = chromium.open(Look.PHONE, program.port(), place)) {
            assertThat(tab.at("#run-list [href='#/runs/r1']")).isAttached();
            assertThat(tab.at("#foot")).containsText("live");
            assertEquals(390, tab.number("document.documentElement.scrollWidth"));
            assertEquals(
                    0,
                    tab.number(
                            "[...document.querySelectorAll('.run-bench, .top-bar')]"
                                    + ".filter(part => part.scrollWidth > part.clientWidth).length"));
        }
    }

    /// One message to the server, and its answer.
    private void probe(String message) {
        String payload = "{\"text\": \"" + message + "\"}";
        String order = "{\"target\": {\"server\": \"line-upper\"}, \"payload\": " + payload + "}";
        assertEquals(200, program.post("/probe", order).status());
    }

    /// A run that has come to its end.
    private JsonNode ended(String spec) {
        Running.Answer answer = program.post("/runs?wait=60s", spec);
        assertEquals(200, answer.status(), answer.text());
        return answer.body();
    }

    private static Locator tile(Tab tab, String name) {
        return tab.at("#run-tiles div:has(dt:text-is('%s')) dd".formatted(name));
    }

    private static Locator count(Tab tab, String name) {
        return tab.at("#run-counts tr:has(th:text-is('%s')) td".formatted(name));
    }

    private static String grouped(JsonNode number) {
        return String.format(Locale.US, "%,d", number.asLong());
    }
}
