package io.parix.backup.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.Backups;
import io.parix.backup.Restore;
import io.parix.backup.RestoreId;
import io.parix.backup.Restores;
import io.parix.backup.host.BackupListener;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times backups and restores from when they were asked for to their end (spec J1). What it needs to know is looked up in the catalog when
 * one ends, by one row, so it does not matter which process began it. Its end is an event, and such are delivered at least once, perhaps to
 * several nodes: the count summed over nodes is an upper bound, while the mean hardly changes, as a job is timed equally each time. Safe
 * for concurrent calls.
 */
public final class DurationMeters implements BackupListener {
    /** The name of the timer. */
    public static final String DURATION = "parix.backup.jobs.duration";

    private final MeterRegistry registry;
    private final Supplier<Backups> backups;
    private final Supplier<Restores> restores;

    /**
     * Times the jobs of one installation.
     *
     * @param registry where to
     * @param backups the running engine's, asked for with each event: the listener comes before the engine
     * @param restores likewise
     */
    public DurationMeters(MeterRegistry registry, Supplier<Backups> backups, Supplier<Restores> restores) {
        this.registry = registry;
        this.backups = backups;
        this.restores = restores;
        for (String kind : new String[] {"backup", "restore"}) {
            timer(kind, "completed");
            timer(kind, "failed");
        }
    }

    @Override
    public void on(BackupEvent event) {
        try {
            look(event);
        } catch (BackupException e) {
            // A catalog in trouble, or an engine that closes: one time less, and the counters tell of the event all the
            // same.
            return;
        }
    }

    private void look(BackupEvent event) {
        switch (event.kind()) {
            case BACKUP_COMPLETED -> backup(event, "completed");
            case BACKUP_FAILED -> backup(event, "failed");
            case RESTORE_COMPLETED -> restore(event, "completed");
            case RESTORE_FAILED -> restore(event, "failed");
            default -> {}
        }
    }

    /** One that is gone meanwhile has no times any more. */
    private void backup(BackupEvent event, String outcome) {
        Backup found = backups.get().find(new BackupId(event.job())).orElse(null);
        if (found != null) {
            record(timer("backup", outcome), found.requestedAt(), found.endedAt());
        }
    }

    private void restore(BackupEvent event, String outcome) {
        Restore found = restores.get().find(new RestoreId(event.job())).orElse(null);
        if (found != null) {
            record(timer("restore", outcome), found.requestedAt(), found.endedAt());
        }
    }

    private static void record(Timer timer, Instant requestedAt, @Nullable Instant endedAt) {
        if (endedAt != null) {
            timer.record(Duration.between(requestedAt, endedAt));
        }
    }

    private Timer timer(String kind, String outcome) {
        return Timer.builder(DURATION)
                .description("Backups and restores from when they were asked for to their end")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry);
    }
}
