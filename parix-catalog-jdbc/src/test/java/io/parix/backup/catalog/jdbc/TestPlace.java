package io.parix.backup.catalog.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Places for an empty catalog of a test's own. */
enum TestPlace {
    H2_MEMORY {
        @Override
        String emptyUrl() {
            return "jdbc:h2:mem:test-" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0";
        }
    },
    H2_FILE {
        @Override
        String emptyUrl() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "h2-");
                return "jdbc:h2:" + folder.toAbsolutePath().resolve("catalog") + ";WRITE_DELAY=0";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        String emptyUrl() {
            return emptySchema(Server.database("postgres"));
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** One server for all tests of the module; it ends with the process. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot start PostgreSQL", e);
            }
        }

        static String database(String name) {
            return POSTGRES.getJdbcUrl("postgres", name);
        }

        static void execute(String url, String sql) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot " + sql, e);
            }
        }
    }

    /** A database of the same server, made when it is first asked for. */
    private record Dictionary(String url) {
        static final Dictionary ORDER = made();

        private static Dictionary made() {
            Server.execute(
                    Server.database("postgres"),
                    "create database dictionary template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US'");
            return new Dictionary(Server.database("dictionary"));
        }
    }

    /** Makes room for an empty catalog in a database of PostgreSQL that sorts as a dictionary of English does, not by code point. */
    static String emptyUrlInDictionaryOrder() {
        return emptySchema(Dictionary.ORDER.url());
    }

    private static String emptySchema(String server) {
        String schema = "test_" + NUMBERS.incrementAndGet();
        Server.execute(server, "create schema " + schema);
        return server + "&currentSchema=" + schema;
    }

    /** Makes room for an empty catalog. */
    abstract String emptyUrl();

    /** A pool as hosts have it, without background connections. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }
}
