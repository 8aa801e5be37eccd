package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.echorack.http.door.Token;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a start prints.
final class GreetingTest {
    private static final Token MADE = Token.make();
    private static final Token GIVEN = new Token("given-at-the-start", false);
    private static final List<InetAddress> OTHERS =
            List.of(InetAddress.ofLiteral("192.168.1.2"), InetAddress.ofLiteral("2001:db8::2"));

    @Test
    void onLoopbackItIsALinkAndWhereTheRackIs() {
        assertEquals(
                """
                Echorack unpackaged is at http://127.0.0.1:7070/
                It keeps its rack in /rack. Ctrl-C ends it.\
                """,
                greeting("127.0.0.1", null));
    }

    @Test
    void onEveryAddressTheLinksHaveTheTokenThatWasMade() {
        assertEquals(
                """
                Echorack unpackaged is at http://127.0.0.1:7070/?token=T
                For other machines: http://192.168.1.2:7070/?token=T
                For other machines: http://[2001:db8::2]:7070/?token=T
                Who has such a link may use this Echorack: it has the token in it, a new one each start.
                It keeps its rack in /rack. Ctrl-C ends it.\
                """
                        .replace("T\n", MADE.text() + "\n"),
                greeting("::", MADE));
    }

    @Test
    void ofVersion4ItKnowsNoOtherAddresses() {
        assertEquals(1, count(greeting("0.0.0.0", MADE), "For other machines"));
        assertFalse(greeting("0.0.0.0", MADE).contains("2001:db8"));
        assertEquals(0, count(greeting("192.168.1.2", MADE), "For other machines"));
    }

    @Test
    void manyNetworksAreNotAllListed() {
        List<InetAddress> many =
                IntStream.range(0, 20)
                        .mapToObj(at -> InetAddress.ofLiteral("10.0.0." + at))
                        .toList();
        assertEquals(5, count(greeting("0.0.0.0", MADE, many), "For other machines"));
    }

    @Test
    void aTokenThatWasGivenIsNotShown() {
        String text = greeting("0.0.0.0", GIVEN);
        assertFalse(text.contains(GIVEN.text()), text);
        assertEquals(1, count(text, "It asks for the token that it was given."));
        assertEquals(1, count(text, "For other machines: http://192.168.1.2:7070/\n"));
    }

    private static String greeting(String host, @Nullable Token token) {
        return greeting(host, token, OTHERS);
    }

    private static String greeting(String host, @Nullable Token token, List<InetAddress> others) {
        Settings settings = new Settings(host, 7070, Path.of("/rack"), false, token);
        return new Greeting(settings, URI.create("http://127.0.0.1:7070/"), others).text();
    }

    private static int count(String text, String words) {
        return text.split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }
}
