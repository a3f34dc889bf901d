package io.parix.backup.catalog.jdbc;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import java.sql.SQLException;

/** A unique value was there already; the transaction was rolled back. Says nothing about which. Never leaves this room. */
final class TakenException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final SQLException violation;

    TakenException(SQLException violation) {
        super(ErrorCode.CATALOG_CONFLICT, "Cannot insert a row: one of its unique values is there already.", violation);
        this.violation = violation;
    }

    SQLException violation() {
        return violation;
    }
}
