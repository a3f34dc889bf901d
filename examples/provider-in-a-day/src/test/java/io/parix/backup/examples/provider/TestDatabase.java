package io.parix.backup.examples.provider;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases of a test's own. Both sort text as a dictionary does, and one takes upper for lower case: that must not matter. */
enum TestDatabase {
    H2 {
        @Override
        String emptyUrl() throws SQLException {
            String url = "jdbc:h2:mem:test-" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0";
            execute(url, "set collation english strength primary");
            return url;
        }

        @Override
        String readerOf(String url) throws SQLException {
            execute(url, "create user reader password ''");
            execute(url, "grant select on parix_objects to reader");
            // Whoever may only read may not set anything either; the database has it set.
            return url.substring(0, url.indexOf(';')) + ";USER=reader";
        }

        @Override
        void denyReader(String url) throws SQLException {
            execute(url, "revoke select on parix_objects from reader");
        }
    },
    POSTGRESQL {
        @Override
        String emptyUrl() throws SQLException {
            String schema = "test_" + NUMBERS.incrementAndGet();
            execute(Server.URL, "create schema " + schema);
            return Server.URL + "&currentSchema=" + schema;
        }

        @Override
        String readerOf(String url) throws SQLException {
            String schema = url.substring(url.lastIndexOf('=') + 1);
            execute(url, "create role reader_" + schema + " login");
            execute(url, "grant usage on schema " + schema + " to reader_" + schema);
            execute(url, "grant select on parix_objects to reader_" + schema);
            return url.replace("user=postgres", "user=reader_" + schema);
        }

        @Override
        void denyReader(String url) throws SQLException {
            String schema = url.substring(url.lastIndexOf('=') + 1);
            execute(url, "revoke select on parix_objects from reader_" + schema);
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** One server for all tests; it ends with the process. */
    private static final class Server {
        static final String URL = start();

        private static String start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                execute(
                        server.getJdbcUrl("postgres", "postgres"),
                        "create database dictionary template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US'");
                return server.getJdbcUrl("postgres", "dictionary");
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot start PostgreSQL", e);
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot make a database", e);
            }
        }
    }

    /** {@return the URL of a place without a table} */
    abstract String emptyUrl() throws SQLException;

    /** {@return the URL of a place for somebody who may only read its table} */
    abstract String readerOf(String url) throws SQLException;

    /** Takes from that somebody the right to read, too. */
    abstract void denyReader(String url) throws SQLException;

    /** A pool as hosts have it. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
