package io.parix.backup.engine.row;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what was found out about completed backups (spec C10, C12). Safe for concurrent calls. */
public final class Findings {
    private static final int TRIES = 10;

    private final Catalog catalog;

    /**
     * Writes to a catalog.
     *
     * @param catalog which
     */
    public Findings(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Marks a backup as damaged; one that is not completed, or not there, is left alone.
     *
     * @param backup which
     * @param found the failed checks
     */
    public void flag(BackupId backup, Report found) {
        completed(backup)
                .ifPresent(job ->
                        record(backup, new Verification(job.verification().level(), catalog.now(), found)));
    }

    /**
     * Records a verification, passed or not.
     *
     * @param backup a completed backup
     * @param latest what was found
     */
    public void record(BackupId backup, Verification latest) {
        for (int tries = 1; true; tries++) {
            JobRecord row = catalog.find(backup.value()).orElseThrow();
            BackupJob.Completed job = (BackupJob.Completed) BackupRow.read(row);
            List<BackupEvent> events = latest.passed() ? List.of() : List.of(event(row, latest));
            try {
                JobRecord next = BackupRow.next(row, job.verified(latest), null);
                catalog.write(new JobWrite(next, events, Set.of()));
                return;
            } catch (CatalogConflictException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Optional<BackupJob.Completed> completed(BackupId backup) {
        return catalog.find(backup.value())
                .map(BackupRow::read)
                .filter(BackupJob.Completed.class::isInstance)
                .map(BackupJob.Completed.class::cast);
    }

    private BackupEvent event(JobRecord row, Verification latest) {
        BackupEvent.Kind kind = BackupEvent.Kind.BACKUP_DAMAGED;
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, row.database(), row.id(), latest.at(), ErrorCode.OBJECT_CORRUPT);
    }
}
