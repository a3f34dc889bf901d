package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.CancelAnswer;
import io.parix.backup.ErrorCode;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.Cancellation;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;

/**
 * Ends backups over their workers' heads: one compare-and-set with the version and claim that were read. The worker's next
 * durable write or heartbeat is then a conflict; it stops and sweeps behind itself. Safe for concurrent calls.
 */
final class Canceller {
    private final IntakeParts parts;

    Canceller(IntakeParts parts) {
        this.parts = parts;
    }

    CancelAnswer cancel(BackupId backup, Actor actor) {
        return parts.conflicts().run("cancel backup " + backup, () -> once(parts.row(backup), actor));
    }

    private CancelAnswer once(JobRecord row, Actor actor) {
        Instant now = parts.catalog().now();
        Cancellation answer = BackupRow.read(row).cancel(actor, now);
        if (answer instanceof Cancellation.Cancelled cancelled) {
            JobRecord written = write(row, cancelled.job(), now);
            written.due().ifPresent(at -> parts.dispatcher().wake(Wake.of(row, at)));
            parts.events().pump();
            return new CancelAnswer.Cancelled(BackupRow.view(written));
        }
        return row.status().ended()
                ? new CancelAnswer.AlreadyEnded(BackupRow.view(row))
                : new CancelAnswer.TooLate(BackupRow.view(row));
    }

    private JobRecord write(JobRecord row, BackupJob.Failed failed, Instant now) {
        Catalog catalog = parts.catalog();
        Instant sweepAt = failed instanceof BackupJob.Unswept ? now : null;
        String id = row.id() + "-" + (row.version() + 1) + "-" + BackupEvent.Kind.BACKUP_FAILED.code();
        BackupEvent event =
                new BackupEvent(id, BackupEvent.Kind.BACKUP_FAILED, row.database(), row.id(), now, ErrorCode.CANCELLED);
        return catalog.write(JobWrite.of(BackupRow.next(row, failed, now, sweepAt), event));
    }
}
