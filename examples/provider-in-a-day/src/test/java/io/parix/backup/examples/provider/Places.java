package io.parix.backup.examples.provider;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The places of one test, in a database of its choice; closed after it. */
final class Places {
    static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE);

    private final TestDatabase database;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private String url = "none yet";

    Places(TestDatabase database) {
        this.database = database;
    }

    /** The location of a place that is handed its connections. */
    static StorageLocation location() {
        return new StorageLocation(JdbcTableProvider.ID, Map.of("create", "true"), KeyPrefix.ROOT);
    }

    /** {@return connections to a fresh place without a table} */
    HikariDataSource empty() throws SQLException {
        url = database.emptyUrl();
        return pool(url);
    }

    /** {@return connections to the place made last, of somebody who may only read} */
    DataSource reader() throws SQLException {
        return pool(database.readerOf(url));
    }

    /** Does something to the place made last, behind the provider's back. */
    void execute(String sql) throws SQLException {
        TestDatabase.execute(url, sql);
    }

    ProviderSession open(DataSource source) {
        ProviderSession session = new JdbcTableProvider(source).open(location());
        opened.add(session);
        return session;
    }

    /** {@return a session on the place made last of somebody who may only read, and so not make a table} */
    ProviderSession openAsReader() throws SQLException {
        ProviderSession session = new JdbcTableProvider(reader())
                .open(new StorageLocation(JdbcTableProvider.ID, Map.of(), KeyPrefix.ROOT));
        opened.add(session);
        return session;
    }

    /** Takes from the reader of the place made last the right to read it. */
    void denyReader() throws SQLException {
        database.denyReader(url);
    }

    private HikariDataSource pool(String to) {
        HikariDataSource pool = TestDatabase.pool(to);
        opened.add(pool);
        return pool;
    }

    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
