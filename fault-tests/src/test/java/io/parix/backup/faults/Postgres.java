package io.parix.backup.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own, which can be killed and started again on its files. It does not wait for the disk: a
 * process that is killed loses nothing that it handed to the system.
 */
final class Postgres implements AutoCloseable {
    private final Path files;
    private final AtomicInteger schemas = new AtomicInteger();
    private EmbeddedPostgres server;

    private Postgres(Path files) throws IOException {
        this.files = files;
        this.server = builder().start();
    }

    /** The embedded server's own default acknowledges before it has written, which a catalog must not bear. */
    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
    }

    /**
     * Starts one.
     *
     * @param folder an existing folder; its files stay there
     */
    static Postgres in(Path folder) throws IOException {
        return new Postgres(folder.resolve("postgres").toAbsolutePath());
    }

    int port() {
        return server.getPort();
    }

    /** Makes an empty schema, and names it as a URL. */
    String emptyUrl() throws SQLException {
        String schema = "round_" + schemas.incrementAndGet();
        execute("create schema " + schema);
        return server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SIGKILL for the postmaster and every process of its, all at once. */
    void kill() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        server.close();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(files.resolve("postmaster.pid")).get(0).strip());
    }

    /** Starts it again where it was, on the files as they were left. */
    void startAgain() throws IOException {
        server = builder().setPort(server.getPort()).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
