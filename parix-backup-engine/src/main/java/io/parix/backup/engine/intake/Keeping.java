package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Deletion;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CompletedBackups;
import io.parix.backup.host.AccessPolicy;
import java.util.function.UnaryOperator;

/** What owners and admins decide about one completed backup: a hold, its end, a deletion (spec H6, C11). Safe for concurrent calls. */
final class Keeping {
    private final IntakeParts parts;

    Keeping(IntakeParts parts) {
        this.parts = parts;
    }

    Backup hold(BackupId backup, Actor actor) {
        Hold hold = new Hold(Hold.Reason.ASKED, actor, parts.catalog().now());
        return change(backup, actor, AccessPolicy.Action.HOLD_BACKUP, job -> job.held(hold));
    }

    Backup lift(BackupId backup, Actor actor) {
        return change(backup, actor, AccessPolicy.Action.HOLD_BACKUP, BackupJob.Completed::lifted);
    }

    Backup delete(BackupId backup, Actor actor) {
        Deletion asked = new Deletion(actor, parts.catalog().now());
        return change(
                backup,
                actor,
                AccessPolicy.Action.DELETE_BACKUP,
                job -> free(job).deleted(asked));
    }

    private Backup change(
            BackupId backup, Actor actor, AccessPolicy.Action action, UnaryOperator<BackupJob.Completed> change) {
        DatabaseId database = parts.row(backup).database();
        parts.requireAllowed(actor, action, database);
        parts.requireDecides(actor, database);
        CompletedBackups rows = new CompletedBackups(parts.catalog(), parts.conflicts());
        return BackupRow.view(rows.change(backup, job -> change.apply(own(job))));
    }

    private static BackupJob.Completed free(BackupJob.Completed job) {
        job.standing().held().ifPresent(hold -> {
            throw new FailedException(
                    ErrorCode.ON_HOLD,
                    "Cannot delete backup " + job.header().backup() + ": it is on hold since " + hold.since()
                            + ". Lift the hold first.");
        });
        return job;
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
