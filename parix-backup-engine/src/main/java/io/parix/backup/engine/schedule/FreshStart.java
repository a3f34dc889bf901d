package io.parix.backup.engine.schedule;

import io.parix.backup.DatabaseId;
import io.parix.backup.FailedException;
import io.parix.backup.RunOutcome;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.SkipReasons;
import io.parix.backup.engine.restore.AfterRestore;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes a schedule's next run afresh after a restore (spec F8): a run that came due meanwhile, and that no poller has dealt
 * with yet, is skipped and not made up. Doing it again changes nothing.
 */
public final class FreshStart implements AfterRestore {
    private static final Logger LOG = LoggerFactory.getLogger(FreshStart.class);

    private final Catalog catalog;
    private final RunPlan plan;
    private final ConflictRetry retry;

    /**
     * Over a catalog.
     *
     * @param catalog which
     * @param settings the limits
     */
    public FreshStart(Catalog catalog, EngineSettings settings) {
        this.catalog = catalog;
        this.plan = new RunPlan(catalog, settings.schedules());
        this.retry = new ConflictRetry(settings.retry().conflictTries());
    }

    @Override
    public void restored(DatabaseId database) {
        retry.run("compute the next run of database " + database + " afresh", () -> {
            Optional<DueSchedule> schedule = catalog.schedule(database)
                    .filter(row -> row.due().isPresent())
                    .flatMap(this::read);
            schedule.ifPresent(this::begin);
            return schedule;
        });
    }

    /** A schedule that nobody here can read keeps no restore from ending. */
    private Optional<DueSchedule> read(ScheduleRecord row) {
        try {
            return Optional.of(DueSchedule.read(plan, row));
        } catch (FailedException e) {
            LOG.warn("The next run of database {} could not be computed afresh", row.database(), e);
            return Optional.empty();
        }
    }

    private void begin(DueSchedule due) {
        RunOutcome skipped = new RunOutcome.Skipped(SkipReasons.restored());
        ScheduleState settled = due.settled(skipped);
        ScheduleState next = settled.awaiting(plan.next(due.database(), settled));
        if (!next.equals(due.state())
                && catalog.write(due.write(next, skipped, null)) instanceof ScheduleAnswer.Moved) {
            throw new CatalogConflictException(due.database().value(), due.row().version(), null);
        }
    }
}
