package io.echorack;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// The reader's browser, opened by the system's own command.
final class Browser {
    private Browser() {}

    /// Throws where there is no such command; what the command makes of the link is its own affair.
    static void open(URI link) throws IOException {
        new ProcessBuilder(command(System.getProperty("os.name", ""), link))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static List<String> command(String system, URI link) {
        String lowerCase = system.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("mac")) {
            return List.of("open", link.toString());
        }
        if (lowerCase.startsWith("windows")) {
            return List.of("cmd", "/c", "start", "", link.toString());
        }
        return List.of("xdg-open", link.toString());
    }
}
