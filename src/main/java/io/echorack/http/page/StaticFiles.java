package io.echorack.http.page;

import io.echorack.model.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The styles, modules and pictures of the page, from the class path. A name is made of plain segments that
/// don't start with a dot, so no name leads out of the folder.
final class StaticFiles {
    static final String PREFIX = "/static/";

    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-]+\\.([a-z]+)");
    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png");
    private static final String LIT = "/META-INF/resources/_static/lit-html/3.3.3/";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final Map<String, String> VENDORED =
            Map.of(
                    "vendor/lit-html.js",
                    LIT + "lit-html.js",
                    "vendor/directive.js",
                    LIT + "directive.js",
                    "vendor/directive-helpers.js",
                    LIT + "directive-helpers.js",
                    "vendor/directives/repeat.js",
                    LIT + "directives/repeat.js",
                    "vendor/chart.js",
                    "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js",
                    "vendor/swagger-ui.css",
                    SWAGGER_UI + "swagger-ui.css",
                    "vendor/swagger-ui-bundle.js",
                    SWAGGER_UI + "swagger-ui-bundle.js");
    private static final int TAG_LENGTH = 32;

    private StaticFiles() {}

    static void serve(Context context) throws IOException {
        String name = context.path().substring(PREFIX.length());
        Optional<String> type = typeOf(name);
        Optional<byte[]> bytes = type.isEmpty() ? Optional.empty() : read(name);
        if (bytes.isEmpty()) {
            throw Problem.notFound("There is no file " + name + ".");
        }
        send(context, type.orElseThrow(), bytes.orElseThrow());
    }

    private static void send(Context context, String type, byte[] bytes) {
        String tag = tagOf(bytes);
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType(type).result(bytes);
        }
    }

    /// The content type by the name's ending; empty where the name is not one of ours.
    static Optional<String> typeOf(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.ofNullable(TYPES.get(matcher.group(1)))
                : Optional.empty();
    }

    private static Optional<byte[]> read(String name) throws IOException {
        String resource = VENDORED.getOrDefault(name, PREFIX + name);
        try (InputStream bytes = StaticFiles.class.getResourceAsStream(resource)) {
            return bytes == null ? Optional.empty() : Optional.of(bytes.readAllBytes());
        }
    }

    private static String tagOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest).substring(0, TAG_LENGTH) + '"';
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
