package io.echorack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A start with nobody there, which Java watches to learn the classes that a real one loads.
///
/// It takes a port and a folder of its own, so it disturbs no other Echorack.
final class Rehearsal {
    private static final List<String> VISITED = List.of("/", "/api/v1/servers", "/api/v1/info");

    private static final int PATIENCE_MILLIS = 5_000;

    private Rehearsal() {}

    static void play() throws Exception {
        Path folder = Files.createTempDirectory("echorack-rehearsal");
        try (DataFolder data = DataFolder.hold(folder)) {
            Echorack echorack =
                    Echorack.start(new Settings(Settings.DEFAULT_HOST, 0, folder, false));
            data.tell(echorack.link());
            for (String path : VISITED) {
                visit(echorack.link().resolve(path));
            }
            echorack.close();
        } finally {
            remove(folder);
        }
    }

    private static void visit(URI page) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.getResponseCode();
        connection.disconnect();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
