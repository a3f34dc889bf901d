package io.parix.backup.catalog.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection in a transaction. Arguments are texts, numbers and instants; null is the null of the column. */
final class Session {
    private final Connection connection;
    private final Dialect dialect;
    private final int timeoutSeconds;

    Session(Connection connection, Dialect dialect, int timeoutSeconds) {
        this.connection = connection;
        this.dialect = dialect;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The database's time. It may be that of the transaction's first statement, so it is never later than now. */
    Instant now() throws SQLException {
        return one("select " + dialect.clock(), row -> instant(row, 1)).orElseThrow();
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    void updateEach(String sql, List<Object[]> each) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (Object[] arguments : each) {
                bind(statement, arguments);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    <T> Optional<T> one(String sql, Reader<T> reader, @Nullable Object... arguments) throws SQLException {
        return list(sql, reader, arguments).stream().findFirst();
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(timeoutSeconds);
            bind(statement, arguments);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Instant instant) {
                statement.setObject(i + 1, micros(instant).atOffset(ZoneOffset.UTC));
            } else if (argument instanceof String text) {
                // PostgreSQL has no text with a NUL in it; that of a host's message is not worth a failed write.
                statement.setString(i + 1, text.replace('\0', '\uFFFD'));
            } else if (argument == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }

    /** An instant as it is kept: to the microsecond, the rest cut off. */
    static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
        return found == null ? null : found.toInstant();
    }
}
