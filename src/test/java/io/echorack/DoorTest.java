package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.http.door.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in where a token is in force: on every address, over HTTP and WebSocket alike.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTest {
    private static final String TOKEN = "the+right/token~for=tests";
    private static final String ESCAPED = "the%2Bright%2Ftoken~for%3Dtests";
    private static final String UPGRADE =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final Pattern COOKIE = Pattern.compile("Set-Cookie: ([^=]+=)([^;]*)([^\r]*)");

    private Running everywhere;
    private Running loopback;

    @BeforeAll
    void startBoth(@TempDir Path data) {
        Token token = new Token(TOKEN, false);
        everywhere = new Running(new Settings("0.0.0.0", 0, data.resolve("a"), false, token));
        loopback = new Running(new Settings("127.0.0.1", 0, data.resolve("b"), false, token));
    }

    @AfterAll
    void stopBoth() {
        everywhere.close();
        loopback.close();
    }

    /// `{pass}` stands for the cookie of a signed-in browser, `{host}` for where it is; `-` for no such header.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                | -                | -                   | 401",
                "wrong            | -                | -                   | 401",
                "{token}          | -                | -                   | 200",
                "{token}          | -                | http://evil.example | 200",
                "wrong            | {pass}           | -                   | 401",
                "-                | {pass}           | -                   | 200",
                "-                | {pass}           | http://{host}       | 200",
                "-                | {pass}           | https://{host}      | 200",
                "-                | {pass}           | http://evil.example | 403",
                "-                | {pass}           | http://localhost    | 403",
                "-                | {pass}           | null                | 403",
                "wrong            | {pass}           | http://evil.example | 401",
                "-                | {name}=          | -                   | 401",
                "-                | {name}={token}   | -                   | 401",
                "-                | echorack-1={value} | -                 | 401",
                "-                | {name}=x; {pass} | -                   | 200",
            })
    void whoShowsWhat(String bearer, String cookie, String origin, int status) throws IOException {
        String host = "rack.example:" + everywhere.port();
        String headers =
                "Host: {host}"
                        + (bearer == null ? "" : "\r\nAuthorization: Bearer " + bearer)
                        + (cookie == null ? "" : "\r\nCookie: " + cookie)
                        + (origin == null ? "" : "\r\nOrigin: " + origin);
        String[] pass = signIn(host).split("=", 2);
        String filled =
                headers.replace("{host}", host)
                        .replace("{token}", TOKEN)
                        .replace("{pass}", "{name}={value}")
                        .replace("{name}", pass[0])
                        .replace("{value}", pass[1]);
        assertStatus(status, ask("GET /api/v1/info", filled));
        assertStatus(
                status == 200 ? 101 : status, ask("GET /api/v1/stream", filled + "\r\n" + UPGRADE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/v1/servers", "/nothing", "/openapi.json", "/sign-out", "/docs"})
    void withoutATokenNothingIsTold(String path) throws IOException {
        String answer = ask("GET " + path, host());
        assertStatus(401, answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertTrue(answer.contains("WWW-Authenticate: Bearer"), answer);
        assertTrue(answer.contains("\"code\":\"unauthorized\""), answer);
        assertStatus(401, ask("POST " + path, host() + "\r\nContent-Length: 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/static/css/tokens.css", "/static/js/signIn.js"})
    void whatTellsNothingIsOpen(String path) throws IOException {
        assertStatus(200, ask("GET " + path, host()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/../api/v1/servers",
                "/static/%2e%2e/api/v1/servers",
                "/static/..;/api/v1/servers",
                "/health/../api/v1/servers",
                "/health;/../api/v1/servers",
                "//api/v1/servers",
                "/api/v1/servers;/static/x.js",
                "/API/v1/servers"
            })
    void noWayAroundLeadsIn(String path) throws IOException {
        String answer = ask("GET " + path, host());
        assertTrue(answer.matches("(?s)HTTP/1.1 (400|401|404) .*"), answer);
        assertFalse(answer.contains("\"servers\""), answer);
    }

    @Test
    void aBrowserWithoutACookieSeesThePageToSignInAt() throws IOException {
        String answer = ask("GET /", host() + "\r\nAccept: text/html\r\nAccept-Language: es");
        assertStatus(401, answer);
        assertTrue(answer.contains("action=\"/sign-in\""), answer);
        assertTrue(answer.contains("<html lang=\"es\">"), answer);
        assertTrue(answer.contains("Cache-Control: no-store"), answer);
        assertTrue(
                ask("GET /api/v1/servers", host() + "\r\nAccept: text/html").contains("problem"),
                "REST has no pages");
    }

    @Test
    void theLinkIsExchangedForACookieAndACleanAddress() throws IOException {
        String answer = ask("GET /?lang=es&token=" + ESCAPED, host());
        assertStatus(303, answer);
        assertTrue(answer.contains("Location: /\r\n"), answer);
        assertTrue(answer.contains("Referrer-Policy: same-origin"), answer);
        Matcher cookie = cookie(answer);
        assertEquals("echorack-" + everywhere.port() + "=", cookie.group(1));
        assertFalse(cookie.group(2).contains(TOKEN));
        String attributes = cookie.group(3).toLowerCase(Locale.ROOT);
        assertTrue(attributes.contains("; httponly"), attributes);
        assertTrue(attributes.contains("; samesite=strict"), attributes);
        assertTrue(attributes.contains("; path=/"), attributes);
        assertEquals(signIn(host().substring(6)), cookie.group(1) + cookie.group(2));
    }

    @Test
    void aWrongLinkIsNot() throws IOException {
        String answer = ask("GET /?token=wrong", host());
        assertStatus(401, answer);
        assertTrue(answer.contains("This is not the token."), answer);
        assertFalse(answer.contains("Set-Cookie"), answer);
    }

    @Test
    void theFormIsExchangedToo() throws IOException {
        String right = submit(host(), "token=" + ESCAPED);
        assertStatus(303, right);
        assertTrue(cookie(right).group(2).length() > 16, right);
        assertStatus(401, submit(host(), "token=wrong"));
        assertStatus(401, submit(host(), "nothing=here"));
        assertStatus(401, submit(host(), ""));
        assertStatus(403, submit(host() + "\r\nOrigin: http://evil.example", "token=" + ESCAPED));
    }

    @Test
    void whatIsNoFormIsNotReadAsOne() throws IOException {
        String answer =
                ask(
                        "POST /sign-in",
                        host() + "\r\nContent-Type: multipart/form-data\r\nContent-Length: 0");
        assertStatus(415, answer);
    }

    @Test
    void signingOutTakesTheCookieBack() throws IOException {
        String host = host().substring(6);
        String answer =
                ask("POST /sign-out", host() + "\r\nContent-Length: 0\r\nCookie: " + signIn(host));
        assertStatus(303, answer);
        assertTrue(answer.contains("; Expires=Thu, 01 Jan 1970"), answer);
        assertEquals("", cookie(answer).group(2));
    }

    @Test
    void aTicketIsGoodOnce() throws IOException {
        String link = everywhere.program().linkToOpen().toString();
        assertTrue(link.startsWith("http://127.0.0.1:" + everywhere.port() + "/?token="), link);
        assertFalse(link.contains(ESCAPED) || link.contains(TOKEN), link);
        String place = link.substring(link.indexOf("/?"));
        assertStatus(303, ask("GET " + place, host()));
        assertStatus(401, ask("GET " + place, host()));
        String ticket = place.substring("/?token=".length());
        assertStatus(401, ask("GET /api/v1/info", host() + "\r\nAuthorization: Bearer " + ticket));
    }

    @Test
    void onLoopbackATokenThatWasGivenIsAskedForAndStrangersNamesStillRefused() throws IOException {
        String bearer = "\r\nAuthorization: Bearer " + TOKEN;
        int port = loopback.port();
        assertStatus(
                401, Raw.request(port, "GET /api/v1/info HTTP/1.1", "Host: localhost:" + port));
        assertStatus(
                200,
                Raw.request(port, "GET /api/v1/info HTTP/1.1", "Host: localhost:" + port + bearer));
        assertStatus(
                403, Raw.request(port, "GET /api/v1/info HTTP/1.1", "Host: evil.example" + bearer));
        assertStatus(
                403,
                Raw.request(
                        port,
                        "GET /api/v1/info HTTP/1.1",
                        "Host: localhost",
                        "Origin: http://evil.example" + bearer));
    }

    private String signIn(String host) throws IOException {
        Matcher cookie = cookie(ask("GET /?token=" + ESCAPED, "Host: " + host));
        return cookie.group(1) + cookie.group(2);
    }

    private String submit(String headers, String form) throws IOException {
        return ask(
                "POST /sign-in",
                headers
                        + "\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8"
                        + "\r\nContent-Length: "
                        + form.length()
                        + "\r\n\r\n"
                        + form);
    }

    private String ask(String request, String headers) throws IOException {
        return Raw.request(everywhere.port(), request + " HTTP/1.1", headers);
    }

    private String host() {
        return "Host: rack.example:" + everywhere.port();
    }

    private static Matcher cookie(String answer) {
        Matcher cookie = COOKIE.matcher(answer);
        assertTrue(cookie.find(), answer);
        return cookie;
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }
}
