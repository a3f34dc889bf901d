package io.parix.backup.examples.provider;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.sql.SQLException;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;

/** A provider that is given its connections, in the same class as the one that is found. */
class HandedInProviderContractTest implements BackupProviderContract {
    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void place() throws SQLException {
        source.setURL(TestDatabase.H2.emptyUrl());
    }

    @Override
    public BackupProvider provider() {
        return new JdbcTableProvider(source);
    }

    @Override
    public StorageLocation location() {
        return Places.location();
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of();
    }
}
