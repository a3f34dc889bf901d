package io.parix.backup.testkit.simulation;

import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which backup of a database may stand in for one that goes (spec H7). */
final class Succession {
    private final Map<String, JobRecord> rows;

    /** Goes by the rows as they are when it is asked. */
    Succession(Map<String, JobRecord> rows) {
        this.rows = rows;
    }

    /**
     * Whether a backup is kept in place of one that goes: a newer one, or an older one where that one was found damaged or somebody wants
     * it gone.
     */
    boolean isOpen(Truth.Kept other, Truth.Kept gone, JobRecord before) {
        JobRecord row = rows.get(other.id());
        boolean newer = !other.completedAt().isBefore(gone.completedAt()) || coversMore(row, before);
        if (row != null && hasFailed(row)) {
            // Where something was found wrong with every one, the newest stays.
            return hasFailed(before) && newer;
        }
        boolean asked = isToBeDeleted(before) || hasFailed(before);
        boolean goesAsWell = row != null && isToBeDeleted(row);
        return goesAsWell ? asked && newer : asked || newer;
    }

    /** Whether a backup is on hold, to be deleted, or none that passed its last look is newer. */
    boolean isSpared(Truth.Kept backup, List<Truth.Kept> all) {
        JobRecord row = rows.get(backup.id());
        boolean held = row == null
                || isToBeDeleted(row)
                || completed(row).flatMap(job -> job.standing().held()).isPresent();
        Instant later = backup.completedAt().plus(Past.CLOCKS_DIFFER);
        return held
                || all.stream()
                        .filter(other -> other.completedAt().isAfter(later))
                        .map(other -> rows.get(other.id()))
                        .noneMatch(other -> other != null && !isToBeDeleted(other) && !hasFailed(other));
    }

    /** Whether somebody asked for a backup's deletion. */
    static boolean isToBeDeleted(JobRecord row) {
        return BackupRow.view(row).toBeDeleted().isPresent();
    }

    /** Which of two that completed at one instant is the newer one: one can have been decided long before the other. */
    private static boolean coversMore(@Nullable JobRecord other, JobRecord gone) {
        return completed(other)
                .flatMap(there -> completed(gone)
                        .filter(then -> there.completedAt().equals(then.completedAt()))
                        .map(then -> !there.captured()
                                .completeBefore()
                                .isBefore(then.captured().completeBefore())))
                .orElse(false);
    }

    /** Whether the last look at a backup found something wrong with it. */
    private static boolean hasFailed(JobRecord row) {
        return completed(row).filter(job -> !job.verification().passed()).isPresent();
    }

    private static Optional<BackupJob.Completed> completed(@Nullable JobRecord row) {
        return row != null && BackupRow.read(row) instanceof BackupJob.Completed job
                ? Optional.of(job)
                : Optional.empty();
    }
}
