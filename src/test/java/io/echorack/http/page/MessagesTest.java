package io.echorack.http.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern PLACE = Pattern.compile("\\{[a-zA-Z]+}");

    private final Messages english = Messages.in(Language.EN);
    private final Messages spanish = Messages.in(Language.ES);

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertEquals(
                new TreeSet<>(english.texts().keySet()), new TreeSet<>(spanish.texts().keySet()));
    }

    @Test
    void aTextNamesTheSamePlacesInBothLanguages() {
        english.texts()
                .forEach((key, text) -> assertEquals(places(text), places(spanish.text(key)), key));
    }

    @Test
    void noTextIsEmpty() {
        english.texts().forEach((key, text) -> assertFalse(text.isBlank(), key));
        spanish.texts().forEach((key, text) -> assertFalse(text.isBlank(), key));
    }

    @Test
    void accentsComeThroughAsUtf8() {
        assertEquals("conexión", spanish.text("detail.connection"));
    }

    @Test
    void aCountTakesItsForm() {
        RackPage page = new RackPage(Language.EN, english, List.of(), "[]", false);
        assertEquals("1 server", page.text("serverList.count", 1));
        assertEquals("2 servers", page.text("serverList.count", 2));
    }

    @Test
    void aKeyThatIsNotThereIsAMistake() {
        assertThrows(IllegalStateException.class, () -> english.text("no.such.key"));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
    }
}
