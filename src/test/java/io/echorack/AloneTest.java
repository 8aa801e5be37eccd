package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// UDP servers in a network of their own (network_namespaces(7)), where a packet may come under a false address. Where
/// none can be had, `UdpGuardTest` has the guard's verdicts on the same.
class AloneTest {
    @TempDir Path data;

    @Test
    void aForgedPacketStartsNoLoopAndStrangersGetLittle() throws Exception {
        Tool.require("unshare");
        Tool.require("ip");
        Process tried = new ProcessBuilder("unshare", "-rn", "true").start();
        assumeTrue(tried.waitFor() == 0, "no network namespace can be had here");
        List<String> command = new ArrayList<>(List.of("unshare", "-rn"));
        command.addAll(List.of("python3", "src/test/python/alone.py"));
        command.addAll(Child.command(data));
        Process alone =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        JsonNode found = Running.tree(new String(alone.getInputStream().readAllBytes(), UTF_8));
        assertEquals(0, alone.waitFor());

        JsonNode guarded = found.path("guarded");
        assertEquals(1, guarded.at("/one/messagesIn").asInt(), found.toString());
        assertEquals(1, guarded.at("/one/refusedByGuard").asInt(), found.toString());
        assertEquals(0, guarded.at("/one/messagesOut").asInt(), found.toString());
        assertEquals(0, guarded.at("/other/messagesIn").asInt(), found.toString());

        JsonNode muted = found.path("muted");
        int exchanged = muted.at("/careful/messagesOut").asInt();
        assertTrue(exchanged >= 32 && exchanged <= 64, found.toString());
        assertEquals(exchanged, muted.at("/careless/messagesIn").asInt(), found.toString());

        JsonNode chargen = found.path("chargen");
        assertTrue(
                chargen.path("received").asInt() > chargen.path("sent").asInt(), found.toString());
        assertTrue(chargen.path("worst").asDouble() <= 3.0, found.toString());
    }
}
