package io.echorack.store;

import io.echorack.json.Body;
import io.echorack.json.Json;
import io.echorack.json.RunJson;
import io.echorack.json.RunReader;
import io.echorack.model.Problem;
import io.echorack.model.run.Run;
import io.echorack.model.run.RunStore;
import io.echorack.model.spec.Protocol;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runs and what they found, one a row.
public final class RunTable implements RunStore {
    private static final Logger LOG = LoggerFactory.getLogger(RunTable.class);

    private final Database database;

    public RunTable(Database database) {
        this.database = database;
    }

    @Override
    public List<Run> runs() {
        return database.read(
                "SELECT number, spec, target, protocol, server, report FROM run ORDER BY number",
                RunTable::read);
    }

    @Override
    public int lastNumber() {
        return database.read(
                        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'run'",
                        row -> Optional.of(row.getInt(1)))
                .getFirst();
    }

    @Override
    public void keep(Run run, Collection<Integer> forget) {
        database.change(connection -> {
            put(connection, run);
            delete(connection, forget);
        });
    }

    @Override
    public void forget(int number) {
        database.change(connection -> delete(connection, List.of(number)));
    }

    /// What this version can't read, a later one's perhaps, stays in the file and is not told.
    private static Optional<Run> read(ResultSet row) throws SQLException {
        int number = row.getInt(1);
        try {
            return Optional.of(
                    new Run(
                            number,
                            Body.of(row.getString(2)).read(RunReader::spec),
                            row.getString(3),
                            Protocol.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                            row.getString(5),
                            RunJson.restored(row.getString(6))));
        } catch (Problem | IOException | IllegalArgumentException unreadable) {
            LOG.error(
                    "The stored run r{} is left out, this version can't read it: {}",
                    number,
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static void put(Connection connection, Run run) throws SQLException {
        try (PreparedStatement put =
                connection.prepareStatement(
                        "INSERT INTO run (number, spec, target, protocol, server, report)"
                                + " VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (number) DO UPDATE SET report = excluded.report")) {
            put.setInt(1, run.number());
            put.setString(2, Json.write(run.spec()));
            put.setString(3, run.target());
            put.setString(4, run.protocol().text());
            put.setString(5, run.server());
            put.setString(6, RunJson.stored(run.report()));
            put.executeUpdate();
        }
    }

    private static void delete(Connection connection, Collection<Integer> numbers)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM run WHERE number = ?")) {
            for (int number : numbers) {
                delete.setInt(1, number);
                delete.executeUpdate();
            }
        }
    }
}
