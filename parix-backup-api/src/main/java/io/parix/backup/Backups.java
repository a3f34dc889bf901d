package io.parix.backup;

import java.util.List;
import java.util.Optional;

/** Asking for backups and looking at them. Safe for concurrent calls. */
public interface Backups {
    /** The most rows of one {@link #history}. */
    int MAX_HISTORY = 500;

    /**
     * Tells whether a manual backup is available now, and every reason why not (spec A1, A2).
     *
     * @param database the database
     * @param actor who would ask
     * @return every condition with its outcome
     */
    Report availability(DatabaseId database, Actor actor);

    /**
     * Asks for a manual backup. The conditions are checked again; of callers that race, one gets the job (spec A3).
     *
     * @param request what is asked for
     * @return the job, or the reasons why there is none
     */
    BackupAnswer request(BackupRequest request);

    /**
     * Looks a backup up.
     *
     * @param backup its id
     * @return the backup as it is now, or empty when the catalog has none of this id
     */
    Optional<Backup> find(BackupId backup);

    /**
     * Cancels a backup that is queued or running, until its commit is durably decided (spec B5). It has ended when this
     * returns: its worker learns so at its next durable write or sign of life, and every trace of it is swept.
     *
     * @param backup its id
     * @param actor who asks
     * @return cancelled, too late, or ended before
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no such backup,
     *     {@link ErrorCode#NOT_PERMITTED}, or {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it meanwhile
     */
    CancelAnswer cancel(BackupId backup, Actor actor);

    /**
     * Lists a database's backups, newest first.
     *
     * @param database the database, which need not exist any more (spec H2)
     * @param limit at most so many, 1 to {@link #MAX_HISTORY}
     * @return the backups
     */
    List<Backup> history(DatabaseId database, int limit);

    /**
     * Asks for a completed backup to be removed, whatever its age. The next look of its database's clean-up removes it, which may take as long
     * as the engine's {@code cleanUpEvery}; what a kept backup shares with it stays (spec H4). Until then it is not offered for a restore.
     *
     * <p>It waits, and the page says so, while a restore or a running backup uses it, while it lies in another place than the registered one
     * (spec C11), and while it is the last restorable one of a database that exists (spec H7), as which it is offered still. The newest backup
     * goes where an older one can be restored, which is then the newest. Until it has begun, {@link #hold} takes it back. One whose deletion was
     * asked for before stays as it is.
     *
     * @param backup its id
     * @param actor who asks
     * @return the backup as it is now
     * @throws FailedException with {@link ErrorCode#ON_HOLD} while it is on hold (spec H6), {@link ErrorCode#NOT_FOUND} when there is no such
     *     completed backup, {@link ErrorCode#NOT_PERMITTED}, {@link ErrorCode#BACKUP_EXPIRING} when it is being removed by now,
     *     {@link ErrorCode#FOREIGN_INSTALLATION} when another installation made it, or {@link ErrorCode#CATALOG_CONFLICT} when others kept
     *     changing it meanwhile
     */
    Backup delete(BackupId backup, Actor actor);

    /**
     * Puts a completed backup on hold: it does not expire (spec H6), and a deletion that was asked for is taken back. One that is on hold stays
     * as it is.
     *
     * @param backup its id
     * @param actor who asks
     * @return the backup as it is now
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no such completed backup,
     *     {@link ErrorCode#NOT_PERMITTED}, {@link ErrorCode#FOREIGN_INSTALLATION} when another installation made it, or
     *     {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it meanwhile
     */
    Backup hold(BackupId backup, Actor actor);

    /**
     * Takes a completed backup off its hold, whatever the hold's reason (spec H6, C11). One that is not on hold stays as it
     * is.
     *
     * @param backup its id
     * @param actor who asks
     * @return the backup as it is now
     * @throws FailedException as {@link #hold}
     */
    Backup lift(BackupId backup, Actor actor);

    /**
     * Looks at a completed backup again, in the calling thread, and records what was found (spec C10).
     *
     * @param backup its id
     * @param level {@link VerificationLevel#WRITTEN} looks for every object with its size and, where the store keeps one,
     *     its checksum; {@link VerificationLevel#READ_BACK} fetches and checks every byte;
     *     {@link VerificationLevel#DATABASE_CHECKED} also checks every replica as a database would.
     *     {@link VerificationLevel#DRILLED} is not reached this way and is refused
     * @param actor who asks
     * @return what was found; a report that failed marks the backup as damaged; where others found damage after this look had begun, it
     *     cannot clear that, and what they found is returned
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no such completed backup,
     *     {@link ErrorCode#BACKUP_EXPIRING} when it began to be removed meanwhile, {@link ErrorCode#CATALOG_CONFLICT} when
     *     others kept changing it meanwhile, or {@link ErrorCode#KEY_UNAVAILABLE} when it is sealed and its keys cannot be had now,
     *     which is no damage (spec C13); that a key is lost is
     */
    Verification verify(BackupId backup, VerificationLevel level, Actor actor);
}
