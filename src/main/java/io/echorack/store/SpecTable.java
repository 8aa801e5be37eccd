package io.echorack.store;

import io.echorack.json.Body;
import io.echorack.json.Json;
import io.echorack.model.Problem;
import io.echorack.model.engine.SpecStore;
import io.echorack.model.spec.ServerSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rack's specs, one a row.
public final class SpecTable implements SpecStore {
    private static final Logger LOG = LoggerFactory.getLogger(SpecTable.class);

    private final Database database;

    public SpecTable(Database database) {
        this.database = database;
    }

    @Override
    public List<ServerSpec> load() {
        return database.read(
                "SELECT name, spec FROM server ORDER BY name",
                row -> read(row.getString(1), row.getString(2)));
    }

    @Override
    public void change(Collection<ServerSpec> keep, Collection<String> remove) {
        database.change(connection -> write(connection, keep, remove));
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

    private static void write(
            Connection connection, Collection<ServerSpec> keep, Collection<String> remove)
            throws SQLException {
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
}
