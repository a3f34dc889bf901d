package io.parix.backup.engine.work;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;

/** A step found no room in what all jobs of the process share; it is run again soon, and no strike counts. */
public final class NoRoomException extends BackupException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is missing.
     *
     * @param message for a person
     */
    public NoRoomException(String message) {
        super(ErrorCode.MEMORY_TAKEN, message, null);
    }
}
