package io.parix.backup.engine.schedule;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a listener hears of runs that made no backup, with the write of a schedule.
 *
 * @param row the schedule as last read
 * @param now the catalog's clock
 */
record RunEvents(ScheduleRecord row, Instant now) {
    BackupEvent missed(LocalDate day) {
        return event(BackupEvent.Kind.RUN_MISSED, day);
    }

    BackupEvent skipped(LocalDate day) {
        return event(BackupEvent.Kind.RUN_SKIPPED, day);
    }

    /** One schedule writes each of its versions once, and none is used again, not by the schedule that is made after it. */
    private BackupEvent event(BackupEvent.Kind kind, LocalDate day) {
        DatabaseId database = row.database();
        String run = RunPlan.key(day);
        String id = database + "-" + run + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, database, run, now, null);
    }
}
