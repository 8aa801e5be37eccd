package io.echorack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.echorack.wire.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A program that runs for a test, and the way to talk to it over REST.
final class Running implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Echorack program;

    String ioModel = "eventLoop";

    Running(Path data) {
        this(
                new Settings(
                        "127.0.0.1",
                        0,
                        data,
                        false,
                        null,
                        Transport.named(System.getProperty("echorack.test.transport", ""))
                                .filter(asked -> asked.lack().isEmpty())
                                .orElse(null)));
    }

    Running(Settings settings) {
        program = Echorack.start(settings);
    }

    /// The ways in which servers wait for their clients; where another transport of the loops is tried, theirs alone.
    static List<String> ioModels() {
        boolean another =
                Boolean.getBoolean("io.netty.transport.noNative")
                        || System.getProperty("echorack.test.transport") != null;
        return another
                ? List.of("eventLoop")
                : List.of("eventLoop", "threadPerConnection", "virtualThreads", "iterative");
    }

    Echorack program() {
        return program;
    }

    /// A status and a body.
    record Answer(int status, JsonNode body, String text) {
        String code() {
            return body.path("code").asText();
        }
    }

    int port() {
        return program.port();
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer post(String path, String body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, String body) {
        return send(method, "/api/v1" + path, "application/json", body);
    }

    /// Sends a request, to any path, and holds its answer against the document.
    Answer send(String method, String target, String mediaType, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
                        .timeout(PATIENCE)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", mediaType);
        }
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Contract.hold(
                    new Contract.Exchange(
                            method,
                            target,
                            mediaType,
                            body,
                            response.statusCode(),
                            response.headers(),
                            response.body(),
                            true));
            return new Answer(response.statusCode(), tree(response.body()), response.body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(method + " " + target, failed);
        }
    }

    /// Every route of the program, as `GET /api/v1/servers`.
    List<String> routes() {
        return program.routes();
    }

    /// Starts a server and says on which port it is.
    int start(String spec) {
        ObjectNode asked = (ObjectNode) tree(spec);
        if (!ioModel.equals("eventLoop") && !asked.path("protocol").asText().equals("udp")) {
            asked.put("ioModel", ioModel);
        }
        Answer answer = post("/servers", asked.toString());
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.body().at("/status/port").asInt();
    }

    Socket connect(int serverPort) throws IOException {
        Socket socket = new Socket("127.0.0.1", serverPort);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    long counter(String server, String name) {
        return get("/servers/" + server).body().at("/status/counters/" + name).asLong();
    }

    /// Events that match, as soon as there are that many.
    JsonNode events(String filter, int count) {
        String query =
                "/events?limit=1000&filter="
                        + java.net.URLEncoder.encode(
                                filter, java.nio.charset.StandardCharsets.UTF_8);
        return eventually(() -> get(query).body().path("events"), events -> events.size() >= count);
    }

    @Override
    public void close() {
        program.close();
        http.close();
    }

    /// Looks until it is so, or fails with what it saw last.
    static <T> T eventually(Supplier<T> look, Predicate<T> isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!isSo.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not in " + PATIENCE + "; last seen: " + seen);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            seen = look.get();
        }
        return seen;
    }

    static JsonNode tree(String text) {
        try {
            return text.startsWith("{") || text.startsWith("[")
                    ? JSON.readTree(text)
                    : JSON.nullNode();
        } catch (com.fasterxml.jackson.core.JsonProcessingException lines) {
            return JSON.nullNode();
        }
    }
}
