package io.parix.backup.engine.sweep;

import io.parix.backup.DatabaseId;
import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import java.util.List;
import java.util.Optional;

/**
 * The clean-up jobs: one per database, from its first backup on. Safe for concurrent calls.
 *
 * @param catalog where they are
 * @param ids names them
 */
public record CleanUpJobs(Catalog catalog, JobIds ids) {
    /**
     * Sees to it that a database has a clean-up. One that has ended, and whose worker died before it was removed, is none.
     *
     * @param database whose
     * @param region where the database runs
     */
    public void ensure(DatabaseId database, String region) {
        Optional<JobRecord> there = find(database);
        there.filter(row -> row.status().ended()).ifPresent(this::remove);
        if (there.filter(row -> !row.status().ended()).isEmpty()) {
            JobRecord row = CleanUpRow.first(ids.next("c", catalog.now()), database, region, catalog.now());
            var unused = catalog.insert(new NewJob(row, CleanUpRow.KEY, null));
        }
    }

    /** Whoever removes it, it is gone. */
    private void remove(JobRecord over) {
        try {
            catalog.remove(over, List.of());
        } catch (CatalogConflictException e) {
            if (e.actual().isPresent()) {
                throw e;
            }
        }
    }

    /**
     * Looks a database's clean-up up.
     *
     * @param database whose
     * @return its row, or empty before its first backup
     */
    public Optional<JobRecord> find(DatabaseId database) {
        return catalog.keyed(database, JobKind.CLEAN_UP, CleanUpRow.KEY);
    }
}
