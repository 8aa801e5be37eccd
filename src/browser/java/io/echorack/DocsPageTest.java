package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.echorack.Chromium.Look;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The interface's documentation: drawn from the document, under the page's own policy, and what it tries out works.
final class DocsPageTest {
    private static final List<String> SWAGGER_UIS_OWN =
            List.of(
                    "heading-order",
                    "label",
                    "nested-interactive",
                    "region",
                    "scrollable-region-focusable",
                    "select-name");

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
    void thePageLeadsToItAndItLeadsBack() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "")) {
            tab.at("a[href='/docs']").click();
            assertThat(tab.at(".opblock")).hasCount(Document.operations().size());
            tab.at(".brand").click();
            assertThat(tab.at("#traffic-log")).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void anExampleIsTriedOutOnADeskAndOnAPhone(ColorScheme scheme) {
        for (Look look : List.of(Look.DESK, Look.PHONE)) {
            program.post("/reset", "");
            try (Tab tab = chromium.open(look.with(scheme, "en-US"), program.port(), "docs")) {
                Locator create = tab.at("#operations-Servers-createServer");
                create.locator(".opblock-summary-control").click();
                create.locator(".execute").click();
                assertThat(create.locator(".live-responses-table .response-col_status").last())
                        .containsText("201");
                assertEquals(200, program.get("/servers/line-upper").status());
                assertEquals(
                        look.width(), tab.number("document.documentElement.scrollWidth"), "wide");
                check(tab);
            }
        }
    }

    /// What Swagger UI's markup itself has is left to its makers; its looks are ours.
    private static void check(Tab tab) {
        AxeRunOptions findingsAlone = new AxeRunOptions();
        findingsAlone.setResultTypes(List.of("violations"));
        List<String> found =
                new AxeBuilder(tab.page())
                                .setLegacyMode(true)
                                .options(findingsAlone)
                                .disableRules(SWAGGER_UIS_OWN)
                                .analyze()
                                .getViolations()
                                .stream()
                                .map(rule -> rule.getId() + " " + rule.getNodes())
                                .toList();
        assertEquals(List.of(), found);
    }
}
