package io.parix.backup.examples.provider;

/** The suite on PostgreSQL, in a database that sorts as a dictionary of English does. */
class PostgresStoreContractTest extends JdbcTableStoreContractTest {
    @Override
    TestDatabase database() {
        return TestDatabase.POSTGRESQL;
    }
}
