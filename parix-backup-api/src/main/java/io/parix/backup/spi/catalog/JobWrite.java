package io.parix.backup.spi.catalog;

import io.parix.backup.BackupEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One transaction on a job: its row one step on, the events that this step causes, the segments that it makes the backup
 * need.
 *
 * @param next the row as it shall be, carrying the version that it was read with
 * @param events what happened; written to the outbox in the same transaction
 * @param segments the segments that the backup needs, by name, with their bytes in storage; handed in with the write that decides
 *     its commit, empty in every other write
 * @param conditions what must hold beside the row's own version and claim; mostly empty
 */
public record JobWrite(
        JobRecord next, List<BackupEvent> events, Map<String, Long> segments, Set<WriteCondition> conditions) {
    /** Copies the collections. */
    public JobWrite {
        events = List.copyOf(events);
        segments = Map.copyOf(segments);
        conditions = Set.copyOf(conditions);
    }

    /**
     * A write without conditions.
     *
     * @param next the row as it shall be
     * @param events what happened
     * @param segments the segments that the backup needs
     */
    public JobWrite(JobRecord next, List<BackupEvent> events, Map<String, Long> segments) {
        this(next, events, segments, Set.of());
    }

    /**
     * A write without events.
     *
     * @param next the row as it shall be
     * @return the write
     */
    public static JobWrite of(JobRecord next) {
        return new JobWrite(next, List.of(), Map.of());
    }

    /**
     * A write with one event.
     *
     * @param next the row as it shall be
     * @param event what happened
     * @return the write
     */
    public static JobWrite of(JobRecord next, BackupEvent event) {
        return new JobWrite(next, List.of(event), Map.of());
    }

    /**
     * The same write, to be done only where something else holds, too.
     *
     * @param others all of its conditions
     * @return a write that differs in that only
     */
    public JobWrite provided(Set<WriteCondition> others) {
        return new JobWrite(next, events, segments, others);
    }
}
