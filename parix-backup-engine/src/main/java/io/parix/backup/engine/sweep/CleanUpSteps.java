package io.parix.backup.engine.sweep;

import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.CleanUpStep;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.work.JobSteps;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.engine.work.Phase;
import io.parix.backup.host.StaleFenceException;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one step of a database's clean-up: look, remove, and wait for what is next. */
public final class CleanUpSteps implements JobSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CleanUpSteps.class);

    private final SweepParts parts;

    /**
     * Steps over the given parts.
     *
     * @param parts what they work with
     */
    public CleanUpSteps(SweepParts parts) {
        this.parts = parts;
    }

    @Override
    public JobKind kind() {
        return JobKind.CLEAN_UP;
    }

    @Override
    public void run(Lease lease) {
        SweepReport report =
                new SweepReport(CleanUpRow.read(lease.row()), parts.settings().retention(), lease.now());
        boolean over = false;
        try {
            over = new Sweep(parts, lease, report).run();
        } catch (CatalogConflictException | StaleFenceException e) {
            throw e;
        } catch (RuntimeException e) {
            if (lease.stopped()) {
                throw e;
            }
            LOG.warn(
                    "The clean-up of database {} has stopped; it is tried again",
                    lease.row().database(),
                    e);
            report.stopped(e);
        }
        if (over) {
            end(lease);
        } else {
            wait(lease, report);
        }
    }

    private void wait(Lease lease, SweepReport report) {
        JobRecord row = lease.row();
        Instant again = lease.lookAgainAfter(report.waits(lease.now()));
        JobRecord next = CleanUpRow.next(row, report.state(), again);
        JobRecord shown =
                report.words().map(words -> next.waiting(again, words, 0)).orElse(next);
        lease.write(new JobWrite(shown, report.events(row), Map.of()));
    }

    /**
     * Of a deleted database nothing is left, so nothing remains to be watched. Whoever takes backups up meanwhile has them in the catalog
     * before it looks for this row; so either it finds the row ended, or this finds the backups.
     */
    private void end(Lease lease) {
        JobRecord row = lease.row();
        lease.write(JobWrite.of(row.moved(JobStatus.COMPLETED, row.step(), row.payload(), null)));
        parts.catalog().remove(lease.row(), List.of());
        HistoryQuery any = HistoryQuery.newest(row.database(), JobKind.BACKUP, 1);
        if (!parts.catalog().history(any).isEmpty()) {
            parts.cleanUps().ensure(row.database(), row.region());
        }
    }

    @Override
    public boolean urgent() {
        return false;
    }

    @Override
    public Phase phase(JobRecord row) {
        return new Phase(CleanUpStep.WATCHING, row.requestedAt(), null);
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        throw new IllegalStateException("A clean-up does not fail; it is tried again");
    }

    @Override
    public void overtaken(Lease lost) {
        // What it removed was doomed, whoever removes it.
    }
}
