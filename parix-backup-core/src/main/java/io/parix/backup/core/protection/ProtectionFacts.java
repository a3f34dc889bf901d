package io.parix.backup.core.protection;

import io.parix.backup.BackupId;
import io.parix.backup.Protection.Newest;
import io.parix.backup.Report;
import io.parix.backup.ScheduleCard;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known to tell how protected a database is.
 *
 * @param at when that was read, on the catalog's clock
 * @param database what the host knows of it
 * @param kept its backups
 * @param schedule its schedule, or null where there is none
 * @param cleanUpStopped why its clean-up could not go on, or null where it could
 */
public record ProtectionFacts(
        Instant at,
        DatabaseFacts database,
        Kept kept,
        @Nullable ScheduleCard schedule,
        @Nullable String cleanUpStopped) {

    /**
     * The backups, as far as the promise goes.
     *
     * @param newest the newest restorable one, or null where there is none
     * @param eligibility what spec E says of the newest one; the empty report where there is none
     * @param restorable how many there are, the newest one among them
     * @param damaged the newest completed one, where it was found damaged; else null
     * @param older whether completed ones were left out that are older than all of these
     */
    public record Kept(
            @Nullable Newest newest,
            Report eligibility,
            int restorable,
            @Nullable BackupId damaged,
            boolean older) {}
}
