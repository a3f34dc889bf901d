package io.parix.backup.catalog.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs transactions: each on a connection of its own, committed when it returns, never repeated. Safe for concurrent calls. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final DataSource source;
    private final Dialect dialect;
    private final int timeoutSeconds;

    Database(DataSource source, Dialect dialect, CatalogSettings settings) {
        this.source = source;
        this.dialect = dialect;
        this.timeoutSeconds = Math.toIntExact(settings.queryTimeout().toSeconds());
    }

    /** What happens in a transaction. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    DataSource source() {
        return source;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs work that inserts nothing that could be there already. */
    <T> T run(String what, Work<T> work) {
        try {
            return tryInsert(what, work);
        } catch (SQLIntegrityConstraintViolationException e) {
            throw SqlFailures.before(what, e);
        }
    }

    /**
     * Runs work that reads, and needs no two statements to see the same: each is a transaction of its own, which costs one
     * answer of the server in place of three.
     */
    <T> T read(String what, Work<T> work) {
        Connection connection = lent(what, false);
        try {
            return work.run(new Session(connection, dialect, timeoutSeconds));
        } catch (SQLException e) {
            throw SqlFailures.before(what, e);
        } finally {
            close(connection);
        }
    }

    /**
     * Runs work that may find a unique value taken: then nothing happened, and the exception says nothing about which value
     * it was.
     */
    <T> T tryInsert(String what, Work<T> work) throws SQLIntegrityConstraintViolationException {
        Connection connection = lent(what, true);
        try {
            T done = work(what, connection, work);
            commit(what, connection);
            return done;
        } finally {
            close(connection);
        }
    }

    private <T> T work(String what, Connection connection, Work<T> work)
            throws SQLIntegrityConstraintViolationException {
        try {
            return work.run(new Session(connection, dialect, timeoutSeconds));
        } catch (SQLException e) {
            rollBack(connection);
            if (SqlFailures.isUniqueViolation(e)) {
                throw new SQLIntegrityConstraintViolationException(e.getMessage(), e.getSQLState(), e);
            }
            throw SqlFailures.before(what, e);
        } catch (RuntimeException | Error e) {
            rollBack(connection);
            throw e;
        }
    }

    private Connection lent(String what, boolean forWriting) {
        try {
            Connection connection = source.getConnection();
            try {
                connection.setAutoCommit(!forWriting);
                if (forWriting && connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
                return connection;
            } catch (SQLException | RuntimeException e) {
                close(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlFailures.before(what, e);
        }
    }

    private static void commit(String what, Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            rollBack(connection);
            throw SqlFailures.atCommit(what, e);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("A transaction could not be rolled back; its connection is given up", e);
            abort(connection);
        }
    }

    /** To be closed as usual it would be put back to commit by itself, and that commits what was not rolled back. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection could not be given up", e);
        }
    }

    /** What was committed stays so, whatever happens to the connection. */
    private static void close(Connection connection) {
        try (connection) {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}
