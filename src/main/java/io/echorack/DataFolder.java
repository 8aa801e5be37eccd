package io.echorack;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The folder that keeps the rack, held by one program at a time.
///
/// The system lets go of the hold when the program ends, however it ends. The held file tells the next one that comes
/// where this one is.
final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = "echorack.lock";

    /// The most of a lock file that is read: a link is short.
    private static final int LONGEST_LINK = 200;

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the folder where it isn't there, and holds it until it is closed.
    static DataFolder hold(Path folder) throws StartProblem {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String link = read(channel);
                channel.close();
                throw new StartProblem(inUse(folder, link));
            }
            channel.truncate(0);
            return new DataFolder(channel);
        } catch (FileAlreadyExistsException problem) {
            throw new StartProblem(
                    "The data folder can't be "
                            + folder
                            + ": there is a file of that name. Choose another with --data.",
                    problem);
        } catch (IOException problem) {
            throw new StartProblem(
                    "The data folder "
                            + folder
                            + " can't be written to ("
                            + reason(problem)
                            + "). Choose another with --data.",
                    problem);
        }
    }

    /// Where the system keeps such things, unless `--data` says otherwise.
    static Path standard(Map<String, String> environment) {
        return standard(
                environment,
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", "")));
    }

    static Path standard(Map<String, String> environment, String system, Path home) {
        if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return home.resolve("Library/Application Support/Echorack");
        }
        String base = environment.getOrDefault("XDG_DATA_HOME", "");
        // The XDG Base Directory Specification: a path that isn't absolute is to be ignored.
        return (base.startsWith("/") ? Path.of(base) : home.resolve(".local/share"))
                .resolve("echorack");
    }

    /// Leaves the link for those who find the folder held.
    void tell(URI link) throws IOException {
        channel.write(ByteBuffer.wrap(link.toString().getBytes(StandardCharsets.UTF_8)), 0);
    }

    /// Lets go of the folder. What can't be closed, the system closes at the end.
    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException problem) {
            LoggerFactory.getLogger(DataFolder.class).warn("Left the data folder's lock", problem);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException problem) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_LINK);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static String inUse(Path folder, String link) {
        return (link.isEmpty() ? "Another Echorack" : "The Echorack at " + link)
                + " uses the data folder "
                + folder
                + ". Go on there, or give this one a folder of its own with --data.";
    }

    private static String reason(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }
}
