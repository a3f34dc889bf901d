package io.parix.backup.core.job;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;

/** A job was asked to make a move that its state does not have (spec B1). Nothing was changed. */
public final class IllegalMoveException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final transient JobStep from;
    private final transient JobStep to;

    /**
     * Names both states.
     *
     * @param job the job, for example {@code backup 7f3a}
     * @param from the state that the job is in
     * @param to the state that was asked for
     * @param fact why the move is refused
     */
    public IllegalMoveException(String job, JobStep from, JobStep to, String fact) {
        super(
                ErrorCode.ILLEGAL_MOVE,
                "Cannot move " + job + " from '" + from.code() + "' to '" + to.code() + "': " + fact
                        + ". Read the job again and decide by the state that it is in.",
                null);
        this.from = from;
        this.to = to;
    }

    /** {@return the state that the job is in} */
    public JobStep from() {
        return from;
    }

    /** {@return the state that was asked for} */
    public JobStep to() {
        return to;
    }
}
