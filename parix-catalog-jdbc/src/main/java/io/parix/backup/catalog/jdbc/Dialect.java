package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where H2 and PostgreSQL differ.
 *
 * @param product which of them
 * @param clock an expression for the database's time now; in tests one that is moved
 */
record Dialect(Product product, String clock) {
    private static final String FORGETFUL_H2 = "2.5.252";

    /** The databases that are known. */
    enum Product {
        H2("current_timestamp(6)"),
        POSTGRESQL("clock_timestamp()");

        private final String clock;

        Product(String clock) {
            this.clock = clock;
        }
    }

    /** Recognizes a database; refuses other ones, and one that does not write at once what it acknowledges. */
    static Dialect of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        Product product = switch (name.toLowerCase(Locale.ROOT)) {
            case "h2" -> Product.H2;
            case "postgresql" -> Product.POSTGRESQL;
            default -> throw mistake("database", "must be H2 or PostgreSQL, it calls itself " + name);
        };
        if (product == Product.H2) {
            requireKeeping(connection.getMetaData().getDatabaseProductVersion());
            requireImmediateWrites(connection);
        } else {
            requireSynchronousCommits(connection);
        }
        return new Dialect(product, product.clock);
    }

    /** Refuses a version of H2 that opens its file, after a kill, at an older version than the newest in it. */
    static void requireKeeping(String version) {
        if (version.startsWith(FORGETFUL_H2)) {
            throw mistake(
                    "h2",
                    "must not be " + version
                            + ": it forgets what it acknowledged when its process is killed. Use 2.4.240");
        }
    }

    private static void requireImmediateWrites(Connection connection) throws SQLException {
        String sql = "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            String delay = found.next() ? found.getString(1) : "not told";
            if (!"0".equals(delay)) {
                throw mistake(
                        "WRITE_DELAY",
                        "must be 0, it is " + delay + ": H2 would acknowledge what a crash of the process loses."
                                + " Add ;WRITE_DELAY=0 to its URL, or run SET WRITE_DELAY 0 as an administrator");
            }
        }
    }

    private static void requireSynchronousCommits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("show synchronous_commit")) {
            String mode = found.next() ? found.getString(1) : "not told";
            if (mode.equals("off")) {
                throw mistake(
                        "synchronous_commit",
                        "must not be off: PostgreSQL would acknowledge what a crash of the server loses. Put it on for the"
                                + " catalog's user: ALTER ROLE … SET synchronous_commit = on");
            }
        }
    }

    private static ConfigurationException mistake(String key, String problem) {
        return new ConfigurationException("the catalog", List.of(new ConfigurationMistake(key, problem)));
    }

    /** A query that makes a change to one table and answers with the rows as they are then. */
    String returning(String change) {
        return product == Product.H2 ? "select * from final table (" + change + ")" : change + " returning *";
    }

    /**
     * What a query ends with whose rows nobody may change until the transaction ends. On PostgreSQL many may look at a row like that at a
     * time; H2 knows no such lock, and lets one after the other.
     */
    String untouched() {
        return product == Product.H2 ? " for update" : " for share";
    }

    /** What the migrations need to know. */
    Map<String, String> placeholders() {
        return product == Product.H2
                ? Map.of(
                        "code_point_order", "",
                        "where_due", "",
                        "where_again", "",
                        "random_uuid", "random_uuid()",
                        "bytes", "blob")
                : Map.of(
                        "code_point_order", "collate \"C\"",
                        "where_due", "where look_again_at is not null",
                        "where_again", "where again_at is not null",
                        "random_uuid", "gen_random_uuid()",
                        "bytes", "bytea");
    }
}
