package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import io.echorack.Chromium.Look;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The filter's field offers what it may say, remembers, and is a place one can come back to.
final class TrafficFilterTest {
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
    void startTheProgram() throws IOException {
        program = new Running(data);
        int port =
                program.start(
                        """
                        {"name": "line-upper", "framing": {"type": "delimiter"}}\
                        """);
        try (Socket socket = program.connect(port)) {
            socket.getOutputStream().write("one\ntwo\n".getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    @AfterEach
    void endTheProgram() {
        program.close();
    }

    @Test
    void itIsCompletedByTheKeysAlone() {
        try (Tab tab = open("#/traffic")) {
            assertThat(tab.rows("write")).hasCount(2);
            tab.page().keyboard().press("/");
            tab.page().keyboard().type("ki");
            assertThat(box(tab)).hasAttribute("aria-expanded", "true");
            tab.page().keyboard().press("ArrowDown");
            Locator active = tab.at("#traffic-filter-offers [aria-selected=true]");
            assertThat(active).containsText("kind:");
            assertThat(box(tab)).hasAttribute("aria-activedescendant", active.getAttribute("id"));
            tab.page().keyboard().press("Enter");
            assertThat(box(tab)).hasValue("kind:");
            tab.page().keyboard().type("fr");
            tab.page().keyboard().press("ArrowDown");
            tab.page().keyboard().press("Tab");
            assertThat(box(tab)).hasValue("kind:frame ");
            assertThat(box(tab)).isFocused();
            assertThat(tab.rows("write")).hasCount(2);
            tab.page().keyboard().press("Enter");
            assertThat(tab.rows("write")).hasCount(0);
            assertThat(tab.rows("frame")).hasCount(2);
            assertThat(tab.page()).hasURL(Pattern.compile(".*[?&]filter=kind%3Aframe"));
        }
    }

    @Test
    void itOffersTheServersAndConnectionsThatThePageKnows() {
        try (Tab tab = open("#/traffic")) {
            assertThat(tab.rows("write")).hasCount(2);
            box(tab).fill("not server:upp");
            offer(tab, "server:line-upper").click();
            assertThat(box(tab)).hasValue("not server:line-upper ");
            box(tab).pressSequentially("conn:");
            assertThat(offer(tab, "conn:c")).isVisible();
            box(tab).press("Escape");
            assertThat(tab.at("#traffic-filter-offers")).isHidden();
            assertThat(box(tab)).hasValue("not server:line-upper conn:");
            box(tab).fill("text:\"ki");
            assertThat(tab.at("#traffic-filter-offers")).isHidden();
        }
    }

    @Test
    void itRemembersWhatWasUnderstood() {
        try (Tab tab = open("#/traffic")) {
            apply(tab, "kind:frame");
            assertThat(tab.rows("frame")).hasCount(2);
            apply(tab, "kind:write");
            assertThat(tab.rows("write")).hasCount(2);
            apply(tab, "kind:nothing");
            assertThat(tab.at("#traffic-filter-error")).isVisible();
            tab.page().reload();
            assertThat(tab.at("#traffic-filter-error mark")).hasText("n");
            box(tab).fill("");
            Locator past = tab.at("#traffic-filter-offers [role=option]:has(.offer-past)");
            assertThat(past).hasCount(2);
            assertThat(past.first()).containsText("kind:write");
            box(tab).press("ArrowDown");
            box(tab).press("Enter");
            assertThat(tab.rows("write")).hasCount(2);
            assertThat(box(tab)).hasValue("kind:write");
            assertEquals(
                    20,
                    tab.number(
                            """
                            (async () => {
                                const {remember} = await import("/static/js/filterHistory.js");
                                Array.from({length: 30}, (_, n) => remember(`len>${n}`));
                                return JSON.parse(localStorage.getItem("filters")).length;
                            })()
                            """));
        }
    }

    @Test
    void itIsKeptInTheAddressAndAStepBackLeadsToTheOneBefore() {
        try (Tab tab = open("?filter=kind:frame")) {
            assertThat(box(tab)).hasValue("kind:frame");
            assertThat(tab.page()).hasURL(Pattern.compile(".*/#/\\?filter=kind%3Aframe"));
            apply(tab, "(kind:frame dir:sideways)");
            assertThat(tab.at("#traffic-filter-error")).containsText("dir is in or out");
            assertThat(tab.at("#traffic-filter-error mark")).hasText("s");
            assertThat(box(tab)).hasAttribute("aria-invalid", "true");
            tab.page().reload();
            assertThat(box(tab)).hasValue("(kind:frame dir:sideways)");
            assertThat(tab.at("#traffic-filter-error mark")).hasText("s");
            tab.page().goBack();
            assertThat(box(tab)).hasValue("kind:frame");
            assertThat(tab.at("#traffic-filter-error")).isHidden();
            assertThat(tab.rows("frame")).hasCount(2);
            assertThat(tab.rows("write")).hasCount(0);
        }
    }

    private Tab open(String place) {
        Tab tab = chromium.open(Look.DESK, program.port(), place);
        assertThat(tab.at("#foot .dot-running")).isVisible();
        return tab;
    }

    private static Locator box(Tab tab) {
        return tab.at("#traffic-filter-text");
    }

    private static Locator offer(Tab tab, String text) {
        return tab.at("#traffic-filter-offers [role=option]")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    private static void apply(Tab tab, String filter) {
        box(tab).fill(filter);
        box(tab).press("Enter");
    }
}
