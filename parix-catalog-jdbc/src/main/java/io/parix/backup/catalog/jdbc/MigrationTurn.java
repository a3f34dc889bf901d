package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node at a time brings the tables up to date.
 *
 * <p>Flyway's own lock does not suffice: it looks for its history table before it takes it, and on H2 a change of the tables
 * commits, which lets go of it. So a connection of its own holds an uncommitted row meanwhile; a process that dies gives its turn
 * back, as the row is rolled back. Not for a {@code DataSource} of fewer than three connections.
 */
final class MigrationTurn {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationTurn.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int LOOK_SECONDS = 3;

    /**
     * Somebody else creates the table, or has the row. Both: taken, deadlock, waited in vain; H2: already there, locked, changed
     * meanwhile; PostgreSQL, whose {@code if not exists} looks before it locks: the table, or the type of its rows, already there.
     */
    private static final Set<String> OCCUPIED =
            Set.of("23505", "40001", "57014", "42S01", "HYT00", "90131", "42P07", "42710");

    private MigrationTurn() {}

    /**
     * Waits for the turn, works, and gives it back.
     *
     * @throws ProviderException of kind {@link ErrorKind#UNAVAILABLE} when it does not come within two minutes
     */
    static void during(DataSource source, Dialect dialect, Runnable work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            take(connection);
            keep(connection, dialect);
            try {
                work.run();
            } finally {
                giveBack(connection);
            }
        }
    }

    /** However long the work takes, a server that ends idle transactions leaves this one. */
    private static void keep(Connection connection, Dialect dialect) throws SQLException {
        if (dialect.product() == Dialect.Product.POSTGRESQL) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local idle_in_transaction_session_timeout = 0");
            }
        }
    }

    /** What became of the work counts, not what becomes of the turn, which ends with the connection at the latest. */
    private static void giveBack(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("The turn could not be given back; it ends with its connection", e);
        }
    }

    private static void take(Connection connection) throws SQLException {
        long since = System.nanoTime();
        while (!tried(connection)) {
            requirePatience(since);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean tried(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LOOK_SECONDS);
            statement.execute(
                    "create table if not exists parix_catalog_turn (singleton smallint not null primary key)");
            connection.commit();
            statement.executeUpdate("insert into parix_catalog_turn (singleton) values (1)");
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (OCCUPIED.contains(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void requirePatience(long since) {
        if (System.nanoTime() - since > LONGEST.toNanos()) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "Cannot bring the catalog's tables up to date: another process has been at it for " + LONGEST
                            + ". Look whether it hangs, then open the catalog again.");
        }
    }
}
