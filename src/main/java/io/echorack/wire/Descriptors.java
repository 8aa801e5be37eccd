package io.echorack.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The process's file descriptors: how many it may have, and has. On Linux from `/proc/self` (proc(5)), which costs a
/// start nothing; from Java's own books elsewhere.
final class Descriptors {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final String LIMIT = "Max open files";

    private Descriptors() {}

    /// The soft limit, which Java has raised to the hard one; the largest there is where none is known.
    static long limit() {
        try (Stream<String> lines = Files.lines(PROCESS.resolve("limits"))) {
            return lines.filter(line -> line.startsWith(LIMIT))
                    .map(line -> line.substring(LIMIT.length()).strip().split(" ", 2)[0])
                    .filter(word -> !word.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException noLinux) {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof UnixOperatingSystemMXBean unix
                    ? unix.getMaxFileDescriptorCount()
                    : Long.MAX_VALUE;
        }
    }

    static long open() {
        try (Stream<Path> files = Files.list(PROCESS.resolve("fd"))) {
            return files.count();
        } catch (IOException noLinux) {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
        }
    }
}
