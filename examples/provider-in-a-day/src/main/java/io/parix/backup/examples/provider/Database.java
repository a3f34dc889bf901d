package io.parix.backup.examples.provider;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where connections come from, for as long as the session is open. Holds none between calls but the one that keeps H2 alive. */
final class Database implements AutoCloseable {
    /** A server that is gone without a word ends a call a little later than its deadline, by which it should have answered. */
    private static final int GRACE_MILLIS = 5_000;

    private final Source source;
    private final @Nullable Connection anchor;
    private volatile boolean closed;

    private Database(Source source, @Nullable Connection anchor) {
        this.source = source;
        this.anchor = anchor;
    }

    /** Opens connections. */
    private interface Source {
        Connection connect() throws SQLException;
    }

    /** What is done on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static Database of(DataSource source) {
        return new Database(source::getConnection, null);
    }

    /** Holds one connection throughout, since an embedded H2 closes its database with the last one. */
    static Database at(String url) {
        try {
            return new Database(() -> DriverManager.getConnection(url), DriverManager.getConnection(url));
        } catch (SQLException e) {
            throw SqlErrors.of("opening a table", e);
        }
    }

    void requireOpen(String doing) {
        if (closed) {
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the session was closed.");
        }
    }

    /** Runs statements that each stand for themselves. */
    <T> T ask(Call call, Work<T> work) {
        return on(call, connection -> {
            connection.setAutoCommit(true);
            return work.on(connection);
        });
    }

    /** Runs statements of which all count, or none. */
    <T> T inTransaction(Call call, Work<T> work) {
        return on(call, connection -> {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            commit(call, connection);
            return result;
        });
    }

    private static void commit(Call call, Connection connection) {
        call.check();
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlErrors.ofCommit(call, e);
        }
    }

    private <T> T on(Call call, Work<T> work) {
        call.check();
        Connection connection = null;
        try {
            connection = source.connect();
            // A pool waits by its own clock.
            call.check();
            connection.setNetworkTimeout(
                    Runnable::run, (int) Math.min(call.left().toMillis(), 1 << 30) + GRACE_MILLIS);
            return work.on(connection);
        } catch (SQLException e) {
            throw SqlErrors.of(call, e);
        } finally {
            release(connection);
        }
    }

    /** Whatever becomes of it, what the call has done is done, or was never committed. */
    private static void release(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException ignored) {
            // A connection that cannot roll back is broken, and its server rolls back.
        }
    }

    /** Prepares a statement that ends with its call; the driver counts in seconds. */
    static PreparedStatement prepare(Connection connection, Call call, String sql) throws SQLException {
        call.check();
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) Math.max(1, Math.min(call.left().toSeconds() + 1, 1 << 20)));
        return statement;
    }

    @Override
    public void close() {
        closed = true;
        release(anchor);
    }
}
