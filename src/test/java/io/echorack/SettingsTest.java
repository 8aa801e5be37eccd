package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.http.door.Token;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command line and the environment come to.
final class SettingsTest {
    private static final String TOKEN = "sixteen-letters!";
    private static final Map<String, String> NOTHING = Map.of("XDG_DATA_HOME", "/kept");

    @Test
    void withoutAWordEverythingIsAsTheHelpSays() {
        assertEquals(
                new Settings("127.0.0.1", 7070, Path.of("/kept/echorack"), false),
                settings(NOTHING));
    }

    @Test
    void flagsAreTaken() {
        assertEquals(
                new Settings("::1", 0, Path.of("/rack"), true),
                settings(NOTHING, "--host", "::1", "--port", "0", "--data", "/rack", "--open"));
    }

    @Test
    void variablesAreTaken() {
        assertEquals(
                new Settings("localhost", 8080, Path.of("/rack"), true),
                settings(
                        Map.of(
                                "ECHORACK_HOST", "localhost",
                                "ECHORACK_PORT", "8080",
                                "ECHORACK_DATA", "/rack",
                                "ECHORACK_OPEN", "true")));
    }

    @Test
    void aFlagBeatsItsVariable() {
        Map<String, String> environment =
                Map.of(
                        "ECHORACK_HOST", "0.0.0.0",
                        "ECHORACK_PORT", "none",
                        "ECHORACK_DATA", "/there",
                        "ECHORACK_OPEN", "true");
        assertEquals(
                new Settings("127.0.0.2", 1, Path.of("/here"), false),
                settings(environment, "--host=127.0.0.2", "--port=1", "--data=/here", "--no-open"));
    }

    @Test
    void anEmptyVariableIsNone() {
        assertEquals(
                settings(NOTHING),
                settings(
                        Map.of(
                                "XDG_DATA_HOME", "/kept",
                                "ECHORACK_HOST", "",
                                "ECHORACK_PORT", "",
                                "ECHORACK_DATA", "",
                                "ECHORACK_TOKEN", "",
                                "ECHORACK_OPEN", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "65535"})
    void portsFrom0To65535AreTaken(String port) {
        assertEquals(Integer.parseInt(port), settings(NOTHING, "--port", port).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999999999", "http", "70 70", "7070.0", ""})
    void anyOtherPortIsNamedWithItsRange(String port) {
        assertEquals(
                "--port is \""
                        + port
                        + "\", but it must be a whole number from 0 to 65535 (0 lets the system"
                        + " pick).",
                complaint(NOTHING, "--port=" + port));
    }

    @Test
    void aBadVariableIsNamedItself() {
        assertTrue(
                complaint(Map.of("ECHORACK_PORT", "x")).startsWith("ECHORACK_PORT is \"x\", but "));
        assertTrue(
                complaint(Map.of("ECHORACK_HOST", "example.com"))
                        .startsWith("ECHORACK_HOST is \"example.com\", but "));
        assertTrue(
                complaint(Map.of("ECHORACK_TOKEN", "short")).startsWith("ECHORACK_TOKEN must be"));
        assertEquals(
                "ECHORACK_OPEN is \"perhaps\", but it must be true or false.",
                complaint(Map.of("ECHORACK_OPEN", "perhaps")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "localhost"})
    void loopbackIsListenedOn(String host) {
        assertEquals(host, settings(NOTHING, "--host", host).host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.2", "fe80::1"})
    void whereOthersReachItATokenIsMade(String host) {
        Settings settings = settings(NOTHING, "--host", host);
        Token token = settings.token();
        assertEquals(host, settings.host());
        assertTrue(token != null && token.made());
        assertTrue(token.text().matches("[A-Za-z0-9_-]{32}"), "192 bits, safe in an address");
        assertNotEquals(token, settings(NOTHING, "--host", host).token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "localhost.example", "[::1]", "1.2.3.400", "", " "})
    void anyOtherHostIsRefusedWithWhatItMayBe(String host) {
        String complaint = complaint(NOTHING, "--host=" + host);
        assertTrue(complaint.startsWith("--host is \"" + host + "\""), complaint);
        assertTrue(complaint.contains("127.0.0.1, ::1 or localhost"), complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aTokenThatIsGivenIsTakenEverywhere(String host) {
        assertEquals(
                new Token(TOKEN, false),
                settings(NOTHING, "--host", host, "--token", TOKEN).token());
        Map<String, String> variable = Map.of("ECHORACK_TOKEN", TOKEN);
        assertEquals(new Token(TOKEN, false), settings(variable, "--host", host).token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fifteen-letters", "with a blank in the middle", "not-in-ascii-ñandú"})
    void aTokenThatIsNoneIsRefusedAndNotRepeated(String token) {
        assertEquals(
                "--token must be 16 to 256 letters, digits and signs of ASCII, without blanks.",
                complaint(NOTHING, "--token=" + token));
    }

    @Test
    void aTokenIsNotToldByAccident() {
        assertFalse(settings(NOTHING, "--token", TOKEN).toString().contains(TOKEN));
    }

    @Test
    void theRecordItselfTakesNoBadValue() {
        Path data = Path.of("/rack");
        assertThrows(UsageProblem.class, () -> new Settings("0.0.0.0", 0, data, false));
        assertThrows(UsageProblem.class, () -> new Settings("127.0.0.1", -1, data, false));
        assertThrows(UsageProblem.class, () -> new Settings("127.0.0.1", 65536, data, false));
    }

    @Test
    void aDataFolderNeedsAName() {
        assertEquals("--data is empty, but it must name a folder.", complaint(NOTHING, "--data="));
        assertTrue(complaint(NOTHING, "--data=a\0b").startsWith("--data can't name a folder"));
    }

    @Test
    void aDataFolderIsSeenFromWhereOneStands() {
        assertEquals(
                Path.of("").toAbsolutePath().resolve("rack"),
                settings(NOTHING, "--data", "here/../rack").data());
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,    /kept,  /kept/echorack",
        "Linux,    '',     /home/ana/.local/share/echorack",
        "Linux,    kept,   /home/ana/.local/share/echorack",
        "Mac OS X, /kept,  /home/ana/Library/Application Support/Echorack"
    })
    void theDataFolderIsWhereTheSystemKeepsSuchThings(String system, String xdg, Path folder) {
        assertEquals(
                folder,
                DataFolder.standard(Map.of("XDG_DATA_HOME", xdg), system, Path.of("/home/ana")));
    }

    @Test
    void aWrongFlagIsNamedAndTheRightOneOffered() {
        String complaint = complaint(NOTHING, "--opne");
        assertTrue(complaint.contains("--opne"), complaint);
        assertTrue(complaint.contains("--open"), complaint);
    }

    @Test
    void aFlagWithoutItsValueIsNamed() {
        assertTrue(complaint(NOTHING, "--port").contains("--port"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "host", "data", "token", "open"})
    void theHelpNamesEveryFlagAndItsVariable(String option) {
        String help = Arguments.help();
        assertTrue(help.contains(option), help);
        assertTrue(help.contains("ECHORACK_" + option.toUpperCase(Locale.ROOT)), help);
    }

    @Test
    void theRehearsalIsNobodysBusiness() {
        assertTrue(Arguments.read("--rehearse").rehearse);
        assertFalse(Arguments.help().contains("rehearse"));
    }

    private static Settings settings(Map<String, String> environment, String... words) {
        return Arguments.read(words).settings(environment);
    }

    private static String complaint(Map<String, String> environment, String... words) {
        return String.valueOf(
                assertThrows(UsageProblem.class, () -> settings(environment, words)).getMessage());
    }
}
