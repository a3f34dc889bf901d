package io.parix.backup.engine.row;

import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes the rows of completed backups, over whoever changes them at the same time. Safe for concurrent calls. */
public final class CompletedBackups {
    private final Catalog catalog;
    private final ConflictRetry retry;

    /**
     * Over a catalog.
     *
     * @param catalog which
     * @param retry how often a write is tried that meets another writer's
     */
    public CompletedBackups(Catalog catalog, ConflictRetry retry) {
        this.catalog = catalog;
        this.retry = retry;
    }

    /**
     * Changes a backup.
     *
     * @param backup which
     * @param change from what is there to what shall be; an equal answer writes nothing
     * @return the row as it is now
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no such completed backup, with {@link
     *     ErrorCode#BACKUP_EXPIRING} when it is being removed, with {@link
     *     ErrorCode#CATALOG_CONFLICT} when others kept changing it
     */
    public JobRecord change(BackupId backup, UnaryOperator<BackupJob.Completed> change) {
        return retry.run("change backup " + backup, () -> changed(backup, change));
    }

    private JobRecord changed(BackupId backup, UnaryOperator<BackupJob.Completed> change) {
        JobRecord row = row(backup);
        BackupJob.Completed job = (BackupJob.Completed) BackupRow.read(row);
        BackupJob.Completed next = change.apply(job);
        return next.equals(job) ? row : catalog.write(JobWrite.of(BackupRow.next(row, next, catalog.now(), null)));
    }

    /**
     * Looks a completed backup up.
     *
     * @param backup which
     * @return the backup, or empty when there is no completed one of this id
     */
    public Optional<BackupJob.Completed> find(BackupId backup) {
        return catalog.find(backup.value())
                .filter(row -> row.kind() == JobKind.BACKUP)
                .map(BackupRow::read)
                .filter(BackupJob.Completed.class::isInstance)
                .map(BackupJob.Completed.class::cast);
    }

    private JobRecord row(BackupId backup) {
        JobRecord found = catalog.find(backup.value())
                .filter(row -> row.kind() == JobKind.BACKUP)
                .orElseThrow(() -> notCompleted(backup));
        BackupJob job = BackupRow.read(found);
        if (job instanceof BackupJob.Expiring expiring) {
            throw new FailedException(
                    ErrorCode.BACKUP_EXPIRING,
                    "Cannot change backup " + backup + ": it is being removed since " + expiring.since() + ".");
        }
        if (!(job instanceof BackupJob.Completed)) {
            throw notCompleted(backup);
        }
        return found;
    }

    private static FailedException notCompleted(BackupId backup) {
        return new FailedException(
                ErrorCode.NOT_FOUND, "Cannot change backup " + backup + ": there is no completed backup of this id.");
    }
}
