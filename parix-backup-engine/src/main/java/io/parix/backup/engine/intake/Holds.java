package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CompletedBackups;
import io.parix.backup.host.AccessPolicy;
import java.util.function.UnaryOperator;

/** Puts completed backups on hold and takes them off (spec H6, C11). Safe for concurrent calls. */
final class Holds {
    private final IntakeParts parts;

    Holds(IntakeParts parts) {
        this.parts = parts;
    }

    Backup hold(BackupId backup, Actor actor) {
        Hold hold = new Hold(Hold.Reason.ASKED, actor, parts.catalog().now());
        return change(backup, actor, job -> job.held(hold));
    }

    Backup lift(BackupId backup, Actor actor) {
        return change(backup, actor, BackupJob.Completed::lifted);
    }

    private Backup change(BackupId backup, Actor actor, UnaryOperator<BackupJob.Completed> change) {
        DatabaseId database = parts.row(backup).database();
        parts.requireAllowed(actor, AccessPolicy.Action.HOLD_BACKUP, database);
        parts.requireDecides(actor, database);
        CompletedBackups rows = new CompletedBackups(parts.catalog(), parts.conflicts());
        return BackupRow.view(rows.change(backup, job -> change.apply(own(job))));
    }

    private static BackupJob.Completed own(BackupJob.Completed job) {
        if (job.standing().ownership() == Ownership.FOREIGN) {
            throw new FailedException(
                    ErrorCode.FOREIGN_INSTALLATION,
                    "Cannot change backup " + job.header().backup()
                            + ": another installation made it. Adopt its place and rebuild, or ask there.");
        }
        return job;
    }
}
