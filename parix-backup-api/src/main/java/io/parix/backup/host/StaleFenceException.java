package io.parix.backup.host;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;

/** A call carried a fencing token lower than one that the host has seen for the database (spec F3). */
public final class StaleFenceException extends BackupException {
    private static final long serialVersionUID = 1L;

    /**
     * Names both tokens.
     *
     * @param database the database
     * @param carried the token of the refused call
     * @param highest the highest token seen
     */
    public StaleFenceException(DatabaseId database, long carried, long highest) {
        super(
                ErrorCode.FENCE_STALE,
                "Cannot act on database " + database + " with fencing token " + carried + ": token " + highest
                        + " has been seen. Another worker carries on with this restore.",
                null);
    }
}
