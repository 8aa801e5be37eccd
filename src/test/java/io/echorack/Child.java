package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that runs in a process of its own, for what only a whole process can show.
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String link;

    /// The program as it is.
    static Child of(Path data) throws IOException {
        return new Child(List.of(), data);
    }

    /// @param before what stands before the command: another command that becomes it
    Child(List<String> before, Path data) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(data));
        process =
                new ProcessBuilder(command)
                        .redirectError(data.resolve("errors.txt").toFile())
                        .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        link = link();
    }

    /// What starts the program.
    static List<String> command(Path data) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dio.netty.allocator.type=pooled",
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.echorack.Main",
                "--port",
                "0",
                "--data",
                data.toString());
    }

    /// What a shell says before the command so that the process may open so many files.
    static List<String> limitedTo(int descriptors) {
        return List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh");
    }

    JsonNode call(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(link).resolve(path))
                        .timeout(Running.PATIENCE)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return Running.tree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(method + " " + path, failed);
        }
    }

    JsonNode get(String path) {
        return call("GET", "/api/v1" + path, "");
    }

    /// Starts a server and says on which port it is.
    int start(String spec) {
        JsonNode server = call("POST", "/api/v1/servers", spec);
        if (!server.has("status") || !server.path("status").isObject()) {
            throw new AssertionError(server.toString());
        }
        return server.at("/status/port").asInt();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It does not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
        try {
            out.close();
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }

    private String link() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                return line.substring(at).strip();
            }
        }
        throw new AssertionError("It printed no link");
    }
}
