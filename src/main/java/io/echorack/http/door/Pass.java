package io.echorack.http.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/// The cookie that a browser gets for the token: made from it, one way, so that it is good in every browser and after
/// a restart, and gives the token away to nobody who sees it.
final class Pass {
    private Pass() {}

    static String of(Token token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("Echorack's pass for ".getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(token.text().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /// Cookies know hosts and no ports: the name has the port that the browser sees, so that two programs on one
    /// machine don't take each other's.
    static String name(int port) {
        return "echorack-" + port;
    }

    static List<String> shown(Request request) {
        String name = name(Request.getServerPort(request));
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .toList();
    }
}
