package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of the field's, which `./check` has installed; where it isn't, its test is left out.
final class Tool {
    private static final int PATIENCE_SECONDS = 90;

    private Tool() {}

    /// What it says when it is given that to read.
    static String run(byte[] input, String... command) throws Exception {
        Path file = Files.createTempFile("echorack", ".in");
        try {
            Files.write(file, input);
            return new String(run(file, InputStream::readAllBytes, command), ISO_8859_1);
        } finally {
            Files.delete(file);
        }
    }

    /// The same with a file, and what comes taken as it comes.
    static <T> T run(Path input, Taker<T> taker, String... command) throws Exception {
        require(command[0]);
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(input.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        // Who waits for the end of its output would wait for ever where it hangs.
        Thread end =
                Thread.startVirtualThread(() -> {
                    try {
                        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException over) {
                        // It has ended by itself.
                    }
                    process.destroyForcibly();
                });
        T taken = taker.take(process.getInputStream());
        assertTrue(
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), List.of(command).toString());
        end.interrupt();
        return taken;
    }

    static void require(String name) {
        String[] places = String.valueOf(System.getenv("PATH")).split(":");
        assumeTrue(
                Stream.of(places).anyMatch(place -> Files.isExecutable(Path.of(place, name))),
                name + " is not here");
    }

    /// Takes what a program says.
    interface Taker<T> {
        T take(InputStream from) throws IOException;
    }
}
