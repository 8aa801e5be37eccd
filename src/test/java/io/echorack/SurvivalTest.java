package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rack is found back: after a stop and after `kill -9`.
class SurvivalTest {
    @TempDir Path data;

    @Test
    void aRackIsFoundBackAfterAStop() {
        JsonNode before;
        try (Running rack = new Running(data)) {
            rack.start(
                    "{\"name\": \"a\", \"note\": \"ñandú\", \"behavior\": {\"type\": \"reply\", \"payload\": {\"hex\": \"00ff\"}}}");
            rack.start("{\"name\": \"b\", \"protocol\": \"udp\"}");
            rack.post("/servers", "{\"name\": \"c\", \"autoStart\": false}");
            rack.start("{\"name\": \"gone\"}");
            rack.call("DELETE", "/servers/gone", "");
            rack.call("PATCH", "/servers/b", "{\"note\": \"changed\"}");
            rack.post("/servers/b/stop", "");
            before = rack.get("/servers").body();
        }
        try (Running rack = new Running(data)) {
            JsonNode after = rack.get("/servers").body();
            assertEquals(specs(before), specs(after));
            // Start and stop don't change what starts with the program.
            assertEquals(List.of("running", "running", "stopped"), states(after));
        }
    }

    @Test
    void oneThatCanNotBindThenHasFailedWithTheReasonAndTheOthersRun() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            try (Running rack = new Running(data)) {
                rack.post(
                        "/servers",
                        "{\"name\": \"a\", \"autoStart\": false, \"port\": "
                                + taken.getLocalPort()
                                + "}");
                rack.call("PATCH", "/servers/a", "{\"autoStart\": true}");
                rack.start("{\"name\": \"b\"}");
            }
            try (Running rack = new Running(data)) {
                JsonNode servers = rack.get("/servers").body();
                assertEquals(List.of("failed", "running"), states(servers));
                assertTrue(servers.at("/servers/0/status/reason").asText().contains("in use"));
                assertEquals(1, rack.events("server:a kind:serverFailed", 1).size());
            }
        }
    }

    @Test
    void aStoredServerThatCanNotBeReadStopsNobodyAndStays() throws Exception {
        try (Running rack = new Running(data)) {
            rack.start("{\"name\": \"a\"}");
        }
        String file = "jdbc:sqlite:" + data.resolve("echorack.db");
        try (var store = java.sql.DriverManager.getConnection(file);
                var statement = store.createStatement()) {
            statement.execute(
                    "INSERT INTO server VALUES ('later', '{\"behavior\": {\"type\": \"of tomorrow\"}}')");
        }
        try (Running rack = new Running(data)) {
            assertEquals(List.of("running"), states(rack.get("/servers").body()));
        }
        try (var store = java.sql.DriverManager.getConnection(file);
                var statement = store.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM server")) {
            assertEquals(2, rows.getInt(1));
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        for (int round = 1; round <= 3; round++) {
            try (Child program = Child.of(data)) {
                assertEquals(round - 1, program.get("/servers").path("servers").size());
                program.start("{\"name\": \"kept-" + round + "\"}");
                program.kill();
            }
        }
        try (Running rack = new Running(data)) {
            assertEquals(
                    List.of("running", "running", "running"), states(rack.get("/servers").body()));
        }
    }

    private static List<JsonNode> specs(JsonNode servers) {
        return servers.path("servers").findValues("spec");
    }

    private static List<String> states(JsonNode servers) {
        return servers.path("servers").findValuesAsText("state");
    }
}
