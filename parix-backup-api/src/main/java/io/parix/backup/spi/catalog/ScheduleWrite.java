package io.parix.backup.spi.catalog;

import io.parix.backup.BackupEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on a schedule: its row one step on, the job that its run becomes, the events that this causes.
 *
 * @param next the row as it shall be, carrying the version that it was read with; 0 for a new one
 * @param job the job of a run, or null in a write that starts none. Its idempotency key names the run, so that no run has two
 * @param events what else happened; written to the outbox in the same transaction
 */
public record ScheduleWrite(ScheduleRecord next, @Nullable NewJob job, List<BackupEvent> events) {
    /** Copies the list. */
    public ScheduleWrite {
        events = List.copyOf(events);
    }

    /**
     * A write that starts no run.
     *
     * @param next the row as it shall be
     * @return the write
     */
    public static ScheduleWrite of(ScheduleRecord next) {
        return new ScheduleWrite(next, null, List.of());
    }

    /** {@return the job of a run, where it starts one} */
    public Optional<NewJob> toInsert() {
        return Optional.ofNullable(job);
    }
}
