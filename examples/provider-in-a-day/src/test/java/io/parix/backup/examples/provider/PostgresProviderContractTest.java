package io.parix.backup.examples.provider;

import java.sql.SQLException;

class PostgresProviderContractTest extends JdbcTableProviderContractTest {
    PostgresProviderContractTest() throws SQLException {}

    @Override
    TestDatabase database() {
        return TestDatabase.POSTGRESQL;
    }
}
