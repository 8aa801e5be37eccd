package io.echorack.http.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../page/Pages.class",
                "js/../../logback.xml",
                "js/.hidden.js",
                "/etc/passwd.js",
                "js//main.js",
                "js",
                "js/",
                "main.class",
                "js\\main.js",
                "js/main.js\0",
                ""
            })
    void aNameThatLeadsOutOfTheFolderIsNotServed(String name) {
        assertTrue(StaticFiles.typeOf(name).isEmpty(), name);
    }

    @ParameterizedTest
    @CsvSource({
        "js/main.js, text/javascript; charset=utf-8",
        "css/parts/trafficLog.css, text/css; charset=utf-8",
        "vendor/lit-html.js, text/javascript; charset=utf-8",
        "icon.svg, image/svg+xml"
    })
    void aFileHasTheTypeOfItsEnding(String name, String type) {
        assertEquals(type, StaticFiles.typeOf(name).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es-MX,es;q=0.9,en;q=0.8|ES",
                "en-GB,es;q=0.5|EN",
                "de,es;q=0.5|ES",
                "de|EN",
                "*|EN",
                ";;;|EN",
                "|EN"
            })
    void theBrowsersLanguageIsTaken(String header, Language language) {
        assertEquals(language, Language.accepted(header));
    }

    @Test
    void nothingInADataBlockEndsItsElement() {
        RackPage page =
                new RackPage(
                        Language.EN,
                        new Messages(Map.of("a", "</script>\"\\\n")),
                        List.of(),
                        "[{\"note\":\"</script><script>alert(1)</script>\"}]",
                        false);
        assertFalse(page.serversBlock().contains("<"));
        assertEquals("{\"a\":\"\\u003c/script\\u003e\\\"\\\\\\u000a\"}", page.messagesBlock());
    }
}
