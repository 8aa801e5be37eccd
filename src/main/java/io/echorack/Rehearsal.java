package io.echorack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A start with nobody there, which Java watches to learn the classes that a real one loads.
///
/// It takes a port and a folder of its own, so it disturbs no other Echorack.
final class Rehearsal {
    /// What people do first: open the page, start a server of each kind, probe it, look at the events.
    private static final List<Step> STEPS =
            List.of(
                    new Step("GET", "/", ""),
                    new Step("GET", "/api/v1/info", ""),
                    new Step(
                            "POST",
                            "/api/v1/servers",
                            """
                            {"name": "t", "protocol": "tcp", "behavior": {"type": "uppercase"}, "framing": {"type": "delimiter"}}
                            """),
                    new Step(
                            "POST",
                            "/api/v1/servers",
                            """
                            {"name": "u", "protocol": "udp"}
                            """),
                    new Step(
                            "POST",
                            "/api/v1/probe",
                            """
                            {"target": {"server": "t"}, "payload": {"text": "hola\\n"}}
                            """),
                    new Step(
                            "POST",
                            "/api/v1/probe",
                            """
                            {"target": {"server": "u"}, "payload": {"text": "hola"}}
                            """),
                    new Step("GET", "/api/v1/servers", ""),
                    new Step("GET", "/api/v1/events", ""));

    private static final int PATIENCE_MILLIS = 5_000;

    private Rehearsal() {}

    static void play() throws Exception {
        Path folder = Files.createTempDirectory("echorack-rehearsal");
        try (DataFolder data = DataFolder.hold(folder)) {
            Echorack echorack =
                    Echorack.start(new Settings(Settings.DEFAULT_HOST, 0, folder, false));
            data.tell(echorack.link());
            for (Step step : STEPS) {
                take(step, echorack.link());
            }
            echorack.close();
        } finally {
            remove(folder);
        }
    }

    /// An answer that is an error is an answer too: whether it is the right one is for the tests to say.
    private static void take(Step step, URI link) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) link.resolve(step.path).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestMethod(step.method);
        if (!step.body.isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(step.body.getBytes(StandardCharsets.UTF_8));
        }
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

    /// One request.
    private record Step(String method, String path, String body) {}
}
