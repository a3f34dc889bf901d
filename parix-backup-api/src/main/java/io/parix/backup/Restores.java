package io.parix.backup;

import java.util.Optional;

/** Asking for restores and looking at them. Safe for concurrent calls. */
public interface Restores {
    /**
     * Tells whether a backup may be restored now: every check of spec E with its captured and its current value. Looks at
     * the store.
     *
     * @param backup its id
     * @return every check with its outcome; that a key is lost which it was sealed under is one that failed
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when the catalog has no such backup, or
     *     {@link ErrorCode#KEY_UNAVAILABLE} when it is sealed and its keys cannot be had now (spec C13)
     */
    Report eligibility(BackupId backup);

    /**
     * Asks for a restore. The name and the permission are looked at first; then a key that was used before gives the job that
     * it made (spec A4), and a new request's eligibility is checked, as it is again when the job starts (spec F1, F2).
     *
     * @param request what is asked for
     * @return the job, or the reasons why there is none
     * @throws FailedException as {@link #eligibility}
     * @throws InvalidRequestException when the key was used for a restore of another backup
     */
    RestoreAnswer request(RestoreRequest request);

    /**
     * Looks a restore up.
     *
     * @param restore its id
     * @return the restore as it is now, or empty when the catalog has none of this id
     */
    Optional<Restore> find(RestoreId restore);
}
