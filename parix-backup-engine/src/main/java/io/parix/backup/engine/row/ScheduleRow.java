package io.parix.backup.engine.row;

import io.parix.backup.Backup;
import io.parix.backup.DatabaseId;
import io.parix.backup.NextRun;
import io.parix.backup.ScheduleCard;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import io.parix.backup.spi.catalog.ScheduleRecord;
import org.jspecify.annotations.Nullable;

/** A schedule between its row, its state and what the api shows of it. */
public final class ScheduleRow {
    private ScheduleRow() {}

    /**
     * Makes the row of a schedule that there was not.
     *
     * @param database whose
     * @param state the schedule
     * @return its row
     */
    public static ScheduleRecord first(DatabaseId database, ScheduleState state) {
        return row(database, 0, state);
    }

    /**
     * Reads a row.
     *
     * @param row any
     * @return the schedule
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN} when this release cannot
     */
    public static ScheduleState read(ScheduleRecord row) {
        String whose = "the schedule of " + row.database();
        SchedulePayload payload = PayloadJson.read(row.payload(), SchedulePayload.class, whose);
        Payloads.requireVersion(whose, payload.version());
        if (row.due().isPresent()) {
            Payloads.there(whose, "next", payload.next());
        }
        return payload.state();
    }

    /**
     * Makes the row that follows.
     *
     * @param row the row as last read
     * @param next the schedule as it shall be
     * @return the row to be written
     */
    public static ScheduleRecord next(ScheduleRecord row, ScheduleState next) {
        return row(row.database(), row.version(), next);
    }

    private static ScheduleRecord row(DatabaseId database, long version, ScheduleState state) {
        return new ScheduleRecord(
                database,
                version,
                state.awaited().map(ScheduledRun::at).orElse(null),
                PayloadJson.write(SchedulePayload.of(state)));
    }

    /**
     * Shows a schedule as the api does.
     *
     * @param database whose
     * @param state the schedule
     * @param backup the backup of its last run as it is now, or null
     * @return the card
     */
    public static ScheduleCard view(DatabaseId database, ScheduleState state, @Nullable Backup backup) {
        return new ScheduleCard(
                database,
                state.cadence(),
                state.setBy(),
                state.awaited().map(run -> new NextRun(run.day(), run.at())).orElse(null),
                state.last(),
                backup,
                state.missed());
    }
}
