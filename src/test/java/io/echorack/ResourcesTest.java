package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What servers and connections take is given back, and bounded while they have it. `-Dechorack.cycles=10000` is the long
/// form.
@EnabledOnOs(OS.LINUX)
class ResourcesTest extends OneProgram {
    private static final int CYCLES = Integer.getInteger("echorack.cycles", 200);
    private static final int WARM_UP = 20;
    private static final int SERVERS = 500;
    private static final int CLIENTS = 1_000;
    private static final long MEBIBYTE = 1024 * 1024;

    @AfterEach
    void empty() {
        rack.post("/reset", "");
    }

    @Test
    void startingAndStoppingLeavesNothingBehind() throws IOException {
        rack.start("{\"name\": \"t\"}");
        rack.start("{\"name\": \"u\", \"protocol\": \"udp\"}");
        cycles(WARM_UP);
        Held before = Held.now();
        cycles(CYCLES);
        assertGivenBack(before);
    }

    @Test
    void fiveHundredServersRunAtOnceAndAreGivenBack() throws IOException {
        apply(2);
        apply(0);
        Held before = Held.now();
        apply(SERVERS);
        List<Integer> ports =
                rack.get("/servers").body().findValues("status").stream()
                        .filter(status -> status.path("state").asText().equals("running"))
                        .map(status -> status.path("port").asInt())
                        .toList();
        assertEquals(SERVERS, ports.size());
        for (int i = 0; i < SERVERS; i += 2) {
            assertEchoes(ports.get(i), 1);
        }
        apply(0);
        assertGivenBack(before);
    }

    /// Each of them could leave 64 KiB and more; all together they may leave half of that.
    @Test
    void clientsThatNeverReadHoldLittleAndHarmNobody() throws IOException {
        int port =
                rack.start(
                        """
                        {"name": "held", "limits": {"maxConnections": 2000},
                         "socket": {"receiveBufferBytes": 8192, "sendBufferBytes": 8192}, "capture": {"payload": "none"}}
                        """);
        int other = rack.start("{\"name\": \"other\", \"framing\": {\"type\": \"delimiter\"}}");
        long before = direct();
        List<Silent> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                silent.add(new Silent(port));
            }
            push(silent);
            long held = direct() - before;
            assertTrue(held < 64 * MEBIBYTE, held + " bytes");
            assertEchoes(port, 1_000_000);
            assertEchoes(other, 1);
            assertEquals(
                    CLIENTS, rack.get("/servers/held").body().at("/status/connections").asInt());
            // Whoever begins to read gets all that it is owed.
            drain(silent);
        } finally {
            for (Silent one : silent) {
                one.channel.close();
            }
        }
        assertEquals(0, rack.counter("held", "connectionsRefused"));
    }

    private void cycles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            for (String name : List.of("t", "u")) {
                int port =
                        rack.post("/servers/" + name + "/start", "")
                                .body()
                                .at("/status/port")
                                .asInt();
                if (name.equals("t")) {
                    assertEchoes(port, 1);
                }
                assertEquals(200, rack.post("/servers/" + name + "/stop", "").status());
            }
        }
    }

    /// So many servers, half of them udp, and none besides.
    private void apply(int count) {
        String specs =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                "{\"name\": \"s%03d\", \"protocol\": \"%s\"}"
                                        .formatted(i, i % 2 == 0 ? "tcp" : "udp"))
                        .collect(Collectors.joining(", ", "[", "]"));
        Running.Answer applied = rack.call("PUT", "/servers", specs);
        assertEquals(200, applied.status(), applied.text());
    }

    private static void assertGivenBack(Held before) {
        Running.eventually(
                Held::now,
                now ->
                        now.descriptors <= before.descriptors
                                && now.threads.equals(before.threads)
                                && now.direct <= before.direct + 8 * MEBIBYTE);
    }

    private void assertEchoes(int port, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        bytes[length - 1] = '\n';
        try (Socket client = rack.connect(port)) {
            Thread sender =
                    Thread.startVirtualThread(() -> {
                        try {
                            client.getOutputStream().write(bytes);
                            client.shutdownOutput();
                        } catch (IOException broken) {
                            // The reader sees what is missing.
                        }
                    });
            assertTrue(Arrays.equals(bytes, client.getInputStream().readAllBytes()));
            sender.interrupt();
        }
    }

    /// Sends as long as anybody's bytes go anywhere.
    private static void push(List<Silent> all) throws IOException {
        int quiet = 0;
        while (quiet < 20) {
            long moved = 0;
            for (Silent one : all) {
                moved += one.push();
            }
            quiet = moved == 0 ? quiet + 1 : 0;
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void drain(List<Silent> all) {
        Running.eventually(() -> all.stream().filter(Silent::isOwed).count(), owed -> owed == 0);
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    /// What this process holds of what the system lends, the test's own pools aside.
    private record Held(long descriptors, List<String> threads, long direct) {
        static Held now() {
            System.gc();
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
                return new Held(
                        files.count(),
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.contains("-io-") || name.equals("scribe"))
                                .sorted()
                                .toList(),
                        ResourcesTest.direct());
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
    }

    /// A client that only sends.
    private static final class Silent {
        private final SocketChannel channel = SocketChannel.open();
        private final ByteBuffer piece = ByteBuffer.allocate(16 * 1024);
        private long owed;

        Silent(int port) throws IOException {
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4_096);
            channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, 4_096);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.configureBlocking(false);
        }

        long push() throws IOException {
            piece.clear();
            long sent = channel.write(piece);
            owed += sent;
            return sent;
        }

        boolean isOwed() {
            try {
                int came = 1;
                while (came > 0 && owed > 0) {
                    piece.clear();
                    came = channel.read(piece);
                    owed -= Math.max(0, came);
                }
                return owed > 0;
            } catch (IOException reset) {
                throw new AssertionError(owed + " bytes are missing", reset);
            }
        }
    }
}
