package io.parix.backup.examples.provider;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Where H2 and PostgreSQL differ: what time it is within a transaction, and whether what they answer is on the disk by then. */
enum Dialect {
    /** The sessions that H2 lists tell it as well, but may not be looked at while others end (its issue 4352); a new UUID begins with its milliseconds. */
    H2(
            "dateadd(millisecond, cast(X'0000' || substring(cast(random_uuid(7) as varbinary) from 1 for 6) as bigint),"
                    + " timestamp with time zone '1970-01-01 00:00:00Z')",
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'",
            "WRITE_DELAY must be 0"),
    POSTGRESQL("clock_timestamp()", "show synchronous_commit", "synchronous_commit must not be off");

    private final String now;
    private final String setting;
    private final String remedy;

    Dialect(String now, String setting, String remedy) {
        this.now = now;
        this.setting = setting;
        this.remedy = remedy;
    }

    /** Recognizes a database; refuses other ones, and one that answers before it has written. */
    static Dialect of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        Dialect dialect = Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> refuse("it must be H2 or PostgreSQL"));
        dialect.requireKeeping(connection);
        return dialect;
    }

    private void requireKeeping(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(setting)) {
            String mode = found.next() ? found.getString(1) : "not told";
            if (!keeps(mode)) {
                throw refuse(remedy + ", it is " + mode + ": what was answered could be lost in a crash");
            }
        }
    }

    private boolean keeps(String mode) {
        return this == H2 ? mode.equals("0") : !mode.equals("off");
    }

    private static ProviderException refuse(String fact) {
        return new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot use the database as a place: " + fact + ".");
    }

    /** {@return an expression for the time now; {@code current_timestamp} is that of the transaction's beginning} */
    String now() {
        return now;
    }
}
