package io.parix.backup.catalog.jdbc;

import java.sql.SQLException;

/** A unique value was there already; the transaction was rolled back. Says nothing about which. */
final class TakenException extends Exception {
    private static final long serialVersionUID = 1L;

    TakenException(SQLException violation) {
        super(violation);
    }

    SQLException violation() {
        return (SQLException) getCause();
    }
}
