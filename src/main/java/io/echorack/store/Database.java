package io.echorack.store;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One SQLite file, in write-ahead mode, synced at every change (sqlite.org/wal.html): what was acknowledged is there
/// after `kill -9`, and after the power went.
///
/// Thread: any; one change at a time. The file belongs to one program at a time.
public final class Database implements AutoCloseable {
    private static final String FILE = "echorack.db";

    /// Makes something of a row; nothing where it can't be read.
    @FunctionalInterface
    interface Row<T> {
        Optional<T> read(ResultSet row) throws SQLException;
    }

    /// Statements that are carried out all or not at all.
    @FunctionalInterface
    interface Change {
        void write(Connection connection) throws SQLException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    public Database(Path folder) {
        try {
            Files.createDirectories(folder);
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
            execute("PRAGMA locking_mode = EXCLUSIVE");
            execute("PRAGMA journal_mode = WAL");
            execute("PRAGMA synchronous = FULL");
            execute(
                    "CREATE TABLE IF NOT EXISTS server (name TEXT PRIMARY KEY, spec TEXT NOT NULL) STRICT");
            execute(
                    """
                    CREATE TABLE IF NOT EXISTS run (
                      number INTEGER PRIMARY KEY AUTOINCREMENT, spec TEXT NOT NULL, target TEXT NOT NULL,
                      protocol TEXT NOT NULL, server TEXT, report TEXT NOT NULL) STRICT\
                    """);
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

    <T> List<T> read(String query, Row<T> reader) {
        lock.lock();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                reader.read(rows).ifPresent(read::add);
            }
            return read;
        } catch (SQLException unread) {
            throw new IllegalStateException("Can't read the store: " + unread.getMessage(), unread);
        } finally {
            lock.unlock();
        }
    }

    void change(Change change) {
        lock.lock();
        try {
            change.write(connection);
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

    private void execute(String statement) throws SQLException {
        try (Statement once = connection.createStatement()) {
            once.execute(statement);
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
