package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the compiler doesn't see: the length of files, and words that don't belong in them.
final class TidyTest {
    private static final int MOST_LINES = 250;
    private static final List<Path> KEPT_SMALL =
            List.of(Path.of("src/main/java"), Path.of("static/js"));

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    /// Payload bytes are hostile: they reach the page as text nodes only. A page may carry blocks of JSON, escaped for that.
    private static final Pattern RAW_HTML =
            Pattern.compile(
                    "innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|\\$unsafe(?!\\{page\\.\\w+Block\\(\\)\\})");

    @Test
    void theTestSeesTheSources() throws IOException {
        assertTrue(sources().anyMatch(file -> file.endsWith("io/echorack/Main.java")));
    }

    @Test
    void filesStaySmall() throws IOException {
        assertEquals(
                List.of(),
                sources()
                        .filter(file -> KEPT_SMALL.stream().anyMatch(file::startsWith))
                        .filter(file -> lines(file).size() > MOST_LINES)
                        .toList());
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertEquals(List.of(), sources().flatMap(file -> found(UNFINISHED, file)).toList());
    }

    @Test
    void noMarkupIsMadeFromText() throws IOException {
        assertEquals(List.of(), sources().flatMap(file -> found(RAW_HTML, file)).toList());
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src/main", "src/launcher", "static", "web")) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(TidyTest::isSource).forEach(files::add);
            }
        }
        return files.stream();
    }

    private static boolean isSource(Path file) {
        return Pattern.matches(".*\\.(java|js|css|jte|sh)", file.toString());
    }

    private static Stream<String> found(Pattern pattern, Path file) {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size())
                .filter(at -> pattern.matcher(lines.get(at)).find())
                .mapToObj(at -> file + ":" + (at + 1) + " " + lines.get(at).strip());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
