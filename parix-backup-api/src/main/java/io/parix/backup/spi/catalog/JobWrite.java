package io.parix.backup.spi.catalog;

import io.parix.backup.BackupEvent;
import java.util.List;
import java.util.Set;

/**
 * One transaction on a job: its row one step on, the events that this step causes, the segments that it makes the backup
 * need.
 *
 * @param next the row as it shall be, carrying the version that it was read with
 * @param events what happened; written to the outbox in the same transaction
 * @param segments names of the segments that the backup needs, handed in with the write that decides its commit; empty in
 *     every other write
 */
public record JobWrite(JobRecord next, List<BackupEvent> events, Set<String> segments) {
    /** Copies the collections. */
    public JobWrite {
        events = List.copyOf(events);
        segments = Set.copyOf(segments);
    }

    /**
     * A write without events.
     *
     * @param next the row as it shall be
     * @return the write
     */
    public static JobWrite of(JobRecord next) {
        return new JobWrite(next, List.of(), Set.of());
    }

    /**
     * A write with one event.
     *
     * @param next the row as it shall be
     * @param event what happened
     * @return the write
     */
    public static JobWrite of(JobRecord next, BackupEvent event) {
        return new JobWrite(next, List.of(event), Set.of());
    }
}
