package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/// An echo server in Python, outside the program; it ends with the test.
final class PythonServer implements AutoCloseable {
    private final Process process;
    private final int port;

    /// @param words the protocol, and perhaps a fault and how often
    PythonServer(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("python3", "src/test/python/echo_server.py"));
        command.addAll(List.of(words));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        port = Integer.parseInt(String.valueOf(out.readLine()));
    }

    int port() {
        return port;
    }

    /// As a run's target.
    String target() {
        return "{\"host\": \"127.0.0.1\", \"port\": " + port + "}";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
