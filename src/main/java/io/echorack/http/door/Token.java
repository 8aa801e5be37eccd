package io.echorack.http.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// The word that opens this program to whoever says it.
///
/// @param text visible ASCII without blanks, so that it fits into a header as it is
/// @param made whether the program made it up for this start, and so has to tell it
public record Token(String text, boolean made) {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 256;
    private static final int MADE_BYTES = 24;

    public Token {
        if (text.length() < SHORTEST
                || text.length() > LONGEST
                || !text.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new IllegalArgumentException(
                    "must be %d to %d letters, digits and signs of ASCII, without blanks"
                            .formatted(SHORTEST, LONGEST));
        }
    }

    /// 192 random bits, which need no escaping in an address.
    public static Token make() {
        return new Token(random(), true);
    }

    static String random() {
        byte[] bytes = new byte[MADE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean is(String tried) {
        return same(text, tried);
    }

    /// Takes as long for a nearly right one as for any other.
    static boolean same(String right, String tried) {
        return MessageDigest.isEqual(right.getBytes(UTF_8), tried.getBytes(UTF_8));
    }

    /// Not for logs.
    @Override
    public String toString() {
        return "Token";
    }
}
