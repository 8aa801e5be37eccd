package io.echorack.store;

import io.echorack.json.Body;
import io.echorack.json.Json;
import io.echorack.model.Problem;
import io.echorack.model.engine.SpecStore;
import io.echorack.model.spec.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Specs in one SQLite file, in write-ahead mode, synced at every change (sqlite.org/wal.html): what was acknowledged
/// is there after `kill -9`, and after the power went.
///
/// Thread: any; one change at a time. The file belongs to one program at a time.
public final class SqliteStore implements SpecStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final String FILE = "echorack.db";

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    public SqliteStore(Path folder) {
        try {
            Files.createDirectories(folder);
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA locking_mode = EXCLUSIVE");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS server (name TEXT PRIMARY KEY, spec TEXT NOT NULL) STRICT");
            }
            connection.setAutoCommit(false);
        } catch (IOException noFolder) {
            throw new UncheckedIOException("Can't make the data folder " + folder, noFolder);
        } catch (SQLException noStore) {
            throw new IllegalStateException(
                    "Can't open "
                            + folder.resolve(FILE)
                            + ", perhaps another Echorack uses it: "
                            + noStore.getMessage(),
                    noStore);
        }
    }

    @Override
    public List<ServerSpec> load() {
        lock.lock();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name, spec FROM server ORDER BY name")) {
            List<ServerSpec> specs = new ArrayList<>();
            while (rows.next()) {
                read(rows.getString(1), rows.getString(2)).ifPresent(specs::add);
            }
            return specs;
        } catch (SQLException unread) {
            throw new IllegalStateException("Can't read the stored servers", unread);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void change(Collection<ServerSpec> keep, Collection<String> remove) {
        lock.lock();
        try {
            write(keep, remove);
            connection.commit();
        } catch (SQLException unwritten) {
            rollBack(unwritten);
            throw new IllegalStateException(
                    "Can't store the change: " + unwritten.getMessage(), unwritten);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException unclosed) {
            throw new IllegalStateException("Can't close the store", unclosed);
        } finally {
            lock.unlock();
        }
    }

    /// What this version can't read, a later one's perhaps, stays in the file and is not in the rack.
    private static Optional<ServerSpec> read(String name, String spec) {
        try {
            return Optional.of(Body.of(spec).spec());
        } catch (Problem unreadable) {
            LOG.error(
                    "The stored server {} is left out, this version can't read it: {}",
                    name,
                    unreadable.sentence());
            return Optional.empty();
        }
    }

    private void write(Collection<ServerSpec> keep, Collection<String> remove) throws SQLException {
        try (PreparedStatement put =
                        connection.prepareStatement(
                                "INSERT INTO server (name, spec) VALUES (?, ?)"
                                        + " ON CONFLICT (name) DO UPDATE SET spec = excluded.spec");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM server WHERE name = ?")) {
            for (ServerSpec spec : keep) {
                put.setString(1, spec.name());
                put.setString(2, Json.write(spec));
                put.executeUpdate();
            }
            for (String name : remove) {
                delete.setString(1, name);
                delete.executeUpdate();
            }
        }
    }

    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException also) {
            cause.addSuppressed(also);
        }
    }
}
