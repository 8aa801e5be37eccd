package io.echorack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.echorack.Chromium.Look;
import io.echorack.http.door.Token;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The way in where a token is in force.
final class SignInTest {
    private static final Token TOKEN = Token.make();

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
        program = new Running(new Settings("0.0.0.0", 0, data, false, TOKEN));
    }

    @AfterEach
    void endTheProgram() {
        program.close();
    }

    @Test
    void theTokenOpensThePageWhereOneWasGoingAndSigningOutClosesIt() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "#/servers/none")) {
            tab.fill("token", "wrong");
            tab.press("Sign in");
            assertThat(tab.at("#token-error")).hasText("This is not the token.");
            tab.fill("token", TOKEN.text());
            tab.press("Sign in");
            assertThat(tab.page()).hasURL(place("#/servers/none"));
            assertThat(tab.at("#foot .dot-running")).isVisible();

            tab.page().navigate(place(""));
            tab.press("Start a server");
            tab.fill("server-port", "0");
            tab.press("Start the server");
            assertThat(tab.at(".server-head .state")).hasText("running");

            tab.press("Sign out");
            assertThat(tab.at("#token")).isVisible();
            tab.page().navigate(place(""));
            assertThat(tab.at("#token")).isVisible();
        }
    }

    @Test
    void theLinkGoesOnToACleanAddress() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "?token=" + TOKEN.text() + "#/x")) {
            assertThat(tab.at("#foot .dot-running")).isVisible();
            assertThat(tab.page()).hasURL(place("#/x"));
        }
    }

    /// A browser gives no strict cookie to what another site leads to; the page to sign in at is ours again.
    @Test
    void aLinkOnAnotherSiteLeadsInToo() {
        try (Running other = new Running(data.resolve("other"));
                Tab tab = chromium.open(Look.DESK, program.port(), "?token=" + TOKEN.text())) {
            assertThat(tab.at("#foot .dot-running")).isVisible();
            for (String link : List.of("", "?token=" + TOKEN.text())) {
                tab.page().navigate("http://localhost:" + other.port() + "/");
                tab.page()
                        .evaluate(
                                "place => { const a = document.createElement('a'); a.href = place;"
                                        + " document.body.append(a); a.click(); }",
                                place(link));
                assertThat(tab.page()).hasURL(place(""));
                assertThat(tab.at("#foot .dot-running")).isVisible();
            }
        }
    }

    @Test
    void aPageWhoseTokenIsNoLongerRightAsksForTheNewOne() {
        try (Tab tab = chromium.open(Look.DESK, program.port(), "?token=" + TOKEN.text())) {
            assertThat(tab.at("#foot .dot-running")).isVisible();
            int port = program.port();
            program.close();
            program = new Running(new Settings("0.0.0.0", port, data, false, Token.make()));
            assertThat(tab.at("#token")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, en-US", "DARK, en-US", "LIGHT, es-ES", "DARK, es-ES"})
    void axeFindsNothing(ColorScheme scheme, String language) {
        for (Look look : List.of(Look.DESK, Look.PHONE)) {
            try (Tab tab = chromium.open(look.with(scheme, language), program.port(), "")) {
                AccessibilityTest.check(tab, "the page to sign in at");
                tab.fill("token", "wrong");
                tab.at("#signIn button").click();
                assertThat(tab.at("#token-error")).isVisible();
                AccessibilityTest.check(tab, "the same with a wrong token");
            }
        }
    }

    private String place(String rest) {
        return "http://127.0.0.1:" + program.port() + "/" + rest;
    }
}
