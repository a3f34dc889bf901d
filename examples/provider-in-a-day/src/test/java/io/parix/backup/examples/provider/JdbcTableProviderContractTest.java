package io.parix.backup.examples.provider;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

class JdbcTableProviderContractTest implements BackupProviderContract {
    private final String url;

    JdbcTableProviderContractTest() throws SQLException {
        url = database().emptyUrl();
    }

    /** Another class runs the same on PostgreSQL. */
    TestDatabase database() {
        return TestDatabase.H2;
    }

    @Override
    public BackupProvider provider() {
        return new JdbcTableProvider();
    }

    @Override
    public StorageLocation location() {
        return new StorageLocation(JdbcTableProvider.ID, Map.of("url", url, "create", "true"), KeyPrefix.ROOT);
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("url");
    }
}
