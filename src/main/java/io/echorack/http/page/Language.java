package io.echorack.http.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A language of the page. What the address asks for goes before the cookie, and that before the browser's own.
public enum Language {
    EN,
    ES;

    private static final String COOKIE = "lang";
    private static final int YEAR_SECONDS = 31_536_000;
    private static final int LONGEST_HEADER = 500;

    /// The tag as HTML has it (BCP 47).
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The language of one request; one asked for by the address is kept in a cookie.
    static Language of(Context context) {
        Optional<Language> asked = tagged(context.queryParam(COOKIE));
        asked.ifPresent(language -> context.cookie(cookie(language)));
        return asked.or(() -> tagged(context.cookie(COOKIE)))
                .orElseGet(() -> accepted(context.header("Accept-Language")));
    }

    /// The best of the languages that an `Accept-Language` header names (RFC 9110 §12.5.4); English where none fits.
    static Language accepted(@Nullable String header) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return EN;
        }
        try {
            List<String> tags = Arrays.stream(values()).map(Language::tag).toList();
            return tagged(Locale.lookupTag(LanguageRange.parse(header), tags)).orElse(EN);
        } catch (IllegalArgumentException unreadable) {
            return EN;
        }
    }

    private static Optional<Language> tagged(@Nullable String tag) {
        return Arrays.stream(values()).filter(language -> language.tag().equals(tag)).findFirst();
    }

    private static Cookie cookie(Language language) {
        Cookie cookie = new Cookie(COOKIE, language.tag(), "/", YEAR_SECONDS);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setHttpOnly(true);
        return cookie;
    }
}
