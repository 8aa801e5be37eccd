package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a start finds, and the sentence it says where it can't go on.
final class StartTest {
    private static final URI LINK = URI.create("http://127.0.0.1:7070/");

    @TempDir Path folder;

    @Test
    void theDataFolderIsMadeWhereItIsNot() throws Exception {
        Path deep = folder.resolve("a/b");
        DataFolder.hold(deep).close();
        assertTrue(Files.isDirectory(deep));
    }

    @Test
    void oneEchorackHoldsTheFolderAndTheNextIsToldWhereTheFirstIs() throws Exception {
        try (DataFolder first = DataFolder.hold(folder)) {
            assertTrue(refusal(folder).startsWith("Another Echorack uses the data folder "));
            first.tell(LINK);
            assertTrue(
                    refusal(folder)
                            .startsWith("The Echorack at " + LINK + " uses the data folder "));
        }
    }

    @Test
    void aClosedFolderIsFreeAgainAndKeepsNoLink() throws Exception {
        DataFolder first = DataFolder.hold(folder);
        first.tell(LINK);
        first.close();
        DataFolder second = DataFolder.hold(folder);
        assertTrue(refusal(folder).startsWith("Another Echorack"));
        second.close();
    }

    @Test
    void aFileIsNoDataFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(
                "The data folder can't be "
                        + file
                        + ": there is a file of that name. Choose another with --data.",
                refusal(file));
        assertTrue(refusal(file.resolve("below")).contains("Not a directory"));
    }

    @ParameterizedTest
    @CsvSource({
        "Address already in use,          Port 7070 on 127.0.0.1 is in use by another program.",
        "Permission denied,               Port 7070 on 127.0.0.1 is reserved",
        "Cannot assign requested address, 127.0.0.1 is not an address of this machine."
    })
    void aPortThatCantBeBoundIsOneSentence(String reason, String sentence) {
        Exception deep = new IllegalStateException(new IOException(new BindException(reason)));
        String told = StartProblem.ofBind(settings(), deep).orElseThrow().getMessage();
        assertTrue(String.valueOf(told).startsWith(sentence), told);
    }

    @Test
    void otherTroubleIsNotTakenForAPort() {
        assertFalse(StartProblem.ofBind(settings(), new IOException("disk")).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,      xdg-open",
        "Mac OS X,   open",
        "Windows 11, cmd",
        "FreeBSD,    xdg-open"
    })
    void theBrowserIsOpenedByTheSystemsOwnCommand(String system, String command) {
        List<String> words = Browser.command(system, LINK);
        assertEquals(command, words.getFirst());
        assertEquals(LINK.toString(), words.getLast());
    }

    private Settings settings() {
        return new Settings("127.0.0.1", 7070, folder, false);
    }

    private static String refusal(Path folder) {
        return String.valueOf(
                assertThrows(StartProblem.class, () -> DataFolder.hold(folder)).getMessage());
    }
}
