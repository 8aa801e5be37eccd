package io.echorack;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The real browser of this machine: what `CHROMIUM` names, or the first one found. Without one the tests fail.
final class Chromium implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 20_000;
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(found())
                                        .setArgs(QUIET));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /// How somebody looks at the page.
    record Look(int width, int height, ColorScheme scheme, String language) {
        static final Look DESK = new Look(1440, 900, ColorScheme.LIGHT, "en-US");
        static final Look PHONE = new Look(390, 844, ColorScheme.LIGHT, "en-US");

        Look with(ColorScheme other, String spoken) {
            return new Look(width, height, other, spoken);
        }
    }

    /// A page with a profile of its own, at the program on that port. An error in its modules or a box that pops up
    /// fails the test when the page is closed.
    Tab open(Look look, int port, String place) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(look.width(), look.height())
                                .setColorScheme(look.scheme())
                                .setLocale(look.language())
                                .setPermissions(List.of("clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Tab tab = new Tab(context, context.newPage());
        tab.page().navigate("http://127.0.0.1:" + port + "/" + place);
        return tab;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Path found() {
        Stream<Path> named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).stream();
        Stream<Path> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named, onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No Chromium here; CHROMIUM can name one."));
    }
}
