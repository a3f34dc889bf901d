package io.parix.backup.engine.page;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupId;
import io.parix.backup.PageRow;
import io.parix.backup.Report;
import io.parix.backup.RetentionDecision;
import io.parix.backup.core.page.Moments;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows rows as a page does (spec D2, D3).
 *
 * @param glance what is known of all of them
 * @param permission what speaks against a restore by the viewer, whichever the backup
 * @param moments says instants
 */
record PageRows(Glance glance, Report permission, Moments moments) {
    PageRow of(JobRecord row) {
        BackupId id = new BackupId(row.id());
        Glance.Known known = glance.backup(id);
        Backup backup = BackupRow.view(row);
        return new PageRow(
                backup,
                size(backup.contents()),
                moments.of(when(backup)),
                expiry(known.decision()),
                permission.and(RecordedEligibility.of(known, glance.current())),
                glance.blocked(id),
                backup.completed()
                        .flatMap(BackupContents::lastDrill)
                        .map(drill -> new PageRow.Drill(drill, moments.of(drill.endedAt())))
                        .orElse(null));
    }

    private PageRow.@Nullable Expiry expiry(@Nullable RetentionDecision decision) {
        return decision == null
                ? null
                : new PageRow.Expiry(
                        decision, decision.expires().map(moments::of).orElse(null));
    }

    private static PageRow.@Nullable Size size(@Nullable BackupContents contents) {
        return contents == null ? null : new PageRow.Size(contents.logical(), contents.added());
    }

    private static Instant when(Backup backup) {
        if (backup.endedAt() != null) {
            return backup.endedAt();
        }
        return backup.startedAt() != null ? backup.startedAt() : backup.requestedAt();
    }
}
