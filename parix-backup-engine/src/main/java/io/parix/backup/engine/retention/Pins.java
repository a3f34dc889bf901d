package io.parix.backup.engine.retention;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the job that holds a database's slot refers to (spec F6, H11). There is at most one such job, so there is at most one backup
 * that it restores or shares with.
 */
public final class Pins {
    private Pins() {}

    /**
     * Looks what is referred to now.
     *
     * @param catalog the truth
     * @param database whose
     * @return the backups that are referred to, and by what
     */
    public static Map<BackupId, Set<Pin>> of(Catalog catalog, DatabaseId database) {
        return of(catalog, database, catalog.occupant(database));
    }

    /** What a workflow of a database refers to. */
    static Map<BackupId, Set<Pin>> of(Catalog catalog, DatabaseId database, Optional<Workflow> active) {
        return active.map(Workflow::owner)
                .flatMap(catalog::find)
                .filter(row -> row.database().equals(database))
                .map(Pins::of)
                .orElse(Map.of());
    }

    private static Map<BackupId, Set<Pin>> of(JobRecord row) {
        return switch (row.kind()) {
            case RESTORE -> Map.of(RestoreRow.read(row).header().backup(), Set.of(Pin.RESTORE));
            case BACKUP ->
                BackupRow.read(row) instanceof BackupJob.Exporting exporting && exporting.base() != null
                        ? Map.of(exporting.base(), Set.of(Pin.RUNNING_BACKUP))
                        : Map.of();
            case CLEAN_UP -> Map.of();
        };
    }
}
