package io.parix.backup.engine.sweep;

import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clean-up jobs: one per database, from its first backup on. Safe for concurrent calls.
 *
 * @param catalog where they are
 * @param ids names them
 */
public record CleanUpJobs(Catalog catalog, JobIds ids) {
    private static final Logger LOG = LoggerFactory.getLogger(CleanUpJobs.class);

    private static final Duration MOVING = Duration.ofMinutes(1);

    /**
     * Sees to it that a database has a clean-up, where the database runs. One that has ended, and whose worker died before it was removed,
     * is none. One that is at work in another region stays there until the next call.
     *
     * @param database whose
     * @param region where the database runs
     */
    public void ensure(DatabaseId database, String region) {
        Optional<JobRecord> there = find(database);
        there.filter(row -> row.status().ended()).ifPresent(this::remove);
        Optional<JobRecord> active = there.filter(row -> !row.status().ended());
        if (active.isEmpty()) {
            insert(CleanUpRow.first(ids.next("c", catalog.now()), database, region, catalog.now()));
        } else if (!region.equals(CleanUpRow.NOWHERE)) {
            active.filter(row -> !row.region().equals(region)).ifPresent(row -> move(row, region));
        }
    }

    private void insert(JobRecord row) {
        var unused = catalog.insert(new NewJob(row, CleanUpRow.KEY, null));
    }

    /** A row's region is its own for good, so another row follows it. */
    private void move(JobRecord row, String region) {
        try {
            JobRecord mine = catalog.claim(row, ids.next("m", catalog.now()), MOVING);
            JobRecord over = mine.moved(JobStatus.COMPLETED, mine.step(), mine.payload(), null);
            remove(catalog.write(JobWrite.of(over)));
            insert(CleanUpRow.moved(ids.next("c", catalog.now()), row, region, catalog.now()));
        } catch (CatalogConflictException e) {
            LOG.debug("The clean-up of database {} is at work in region {}", row.database(), row.region(), e);
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
