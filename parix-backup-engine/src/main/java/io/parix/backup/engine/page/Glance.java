package io.parix.backup.engine.page;

import io.parix.backup.BackupId;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionSetting;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Workflow;
import io.parix.backup.core.eligibility.CurrentFacts;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a database and some of its backups, read once for all of them.
 *
 * @param at when, on the catalog's clock
 * @param current what the database is now
 * @param known the backups looked at, by id
 * @param older whether the last restorable one, if any, is older than all that were looked at
 * @param setting how long they are kept; null where the host cannot tell whose the database is
 * @param cleanUp what the clean-up remembers
 * @param card the schedule's card, or null where there is no schedule
 */
record Glance(
        Instant at,
        CurrentFacts current,
        Map<BackupId, Known> known,
        boolean older,
        @Nullable RetentionSetting setting,
        CleanUpRow.State cleanUp,
        @Nullable ScheduleCard card) {

    /**
     * A backup.
     *
     * @param row its row
     * @param job its state
     * @param candidate what is known of its keeping
     * @param decision what becomes of it; null where that cannot be told
     */
    record Known(
            JobRecord row,
            BackupJob job,
            RetentionCandidate candidate,
            @Nullable RetentionDecision decision) {}

    DatabaseFacts database() {
        return current.database();
    }

    List<Workflow> active() {
        return current.active();
    }

    Known backup(BackupId id) {
        Known found = known.get(id);
        if (found == null) {
            throw new IllegalArgumentException("Backup " + id + " was not looked at");
        }
        return found;
    }

    List<RetentionCandidate> candidates() {
        return known.values().stream().map(Known::candidate).toList();
    }

    List<RetentionDecision> decisions() {
        return known.values().stream()
                .map(Known::decision)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Why a backup is still there, or null where nothing keeps it. */
    @Nullable
    CleanUpBlocked blocked(BackupId backup) {
        return cleanUp.blocked().stream()
                .filter(blocked -> blocked.backup().equals(backup))
                .findFirst()
                .orElse(null);
    }
}
