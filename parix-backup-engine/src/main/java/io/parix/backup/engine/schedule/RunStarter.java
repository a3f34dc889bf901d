package io.parix.backup.engine.schedule;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Report;
import io.parix.backup.RunOutcome;
import io.parix.backup.Trigger;
import io.parix.backup.Workflow;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import io.parix.backup.core.schedule.SkipReasons;
import io.parix.backup.engine.intake.BackupOrders;
import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with one schedule that has come due: its run is started, skipped or missed. Every write is conditional on the version
 * that was read, so where another node was quicker nothing happens here. Safe for concurrent calls.
 */
final class RunStarter {
    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    private final IntakeParts parts;
    private final Catalog catalog;
    private final BackupOrders orders;
    private final RunPlan plan;

    RunStarter(IntakeParts parts) {
        this.parts = parts;
        this.catalog = parts.catalog();
        this.orders = new BackupOrders(parts);
        this.plan = new RunPlan(catalog, parts.settings().schedules());
    }

    void deal(ScheduleRecord row) {
        DueSchedule due = DueSchedule.read(plan, row);
        Optional<ScheduledRun> run = due.runs().toStart();
        if (run.isPresent()) {
            attempt(due, run.get());
        } else {
            settle(due, new RunOutcome.Missed());
        }
    }

    /** Looks at a schedule again later; what it awaits does not change. */
    void postpone(ScheduleRecord row) {
        Instant later = catalog.now().plus(parts.settings().schedules().scheduleRetry());
        catalog.write(ScheduleWrite.of(new ScheduleRecord(row.database(), row.version(), later, row.payload())));
    }

    /** What the host's code throws is tried again as long as there is time; then the run is skipped for it, and not missed. */
    private void attempt(DueSchedule due, ScheduledRun run) {
        try {
            deal(due, run);
        } catch (Throwable e) {
            if (isEarly(due, run)) {
                throw e;
            }
            LOG.warn("The run of {} of the schedule of {} could not be started", run.day(), due.database(), e);
            settle(
                    due,
                    new RunOutcome.Skipped(
                            SkipReasons.couldNotStart(e.getClass().getName())));
        }
    }

    private void deal(DueSchedule due, ScheduledRun run) {
        DatabaseId database = due.database();
        Optional<JobRecord> made = catalog.keyed(database, JobKind.BACKUP, RunPlan.key(run.day()));
        if (made.isPresent()) {
            settle(due, new RunOutcome.Started(new BackupId(made.get().id())));
            return;
        }
        DatabaseFacts facts = orders.look(database);
        if (facts instanceof DatabaseFacts.Live live && report(facts, List.of()).passed()) {
            start(due, run, live);
        } else if (facts instanceof DatabaseFacts.Unknown && isEarly(due, run)) {
            // A directory that is down for a moment costs no backup, as long as there is time to ask it again.
            postpone(due.row());
        } else {
            skip(due, facts, orders.occupant(database));
        }
    }

    private boolean isEarly(DueSchedule due, ScheduledRun run) {
        Instant end = run.at().plus(parts.settings().schedules().grace());
        return due.now().plus(parts.settings().schedules().scheduleRetry()).isBefore(end);
    }

    private void start(DueSchedule due, ScheduledRun run, DatabaseFacts.Live live) {
        BackupOrders.Order order =
                new BackupOrders.Order(due.database(), due.state().setBy(), Trigger.SCHEDULED, RunPlan.key(run.day()));
        NewJob job = orders.job(order, live);
        RunOutcome started = new RunOutcome.Started(new BackupId(job.row().id()));
        ScheduleAnswer answer = catalog.write(due.write(due.settled(started), started, job));
        if (answer instanceof ScheduleAnswer.Occupied occupied) {
            skip(due, live, List.of(occupied.by()));
        } else if (answer instanceof ScheduleAnswer.Written written) {
            written.started().ifPresent(row -> parts.dispatcher().wake(Wake.of(row, row.requestedAt())));
        }
    }

    private void skip(DueSchedule due, DatabaseFacts facts, List<Workflow> active) {
        Report report = report(facts, active);
        for (Workflow holder : active) {
            report = SkipReasons.occupied(report, holder);
        }
        RunOutcome skipped = new RunOutcome.Skipped(SkipReasons.bounded(report));
        ScheduleState settled = due.settled(skipped);
        // What was deleted does not come back: its schedule would skip a run every day for ever, and tell of each.
        boolean over = facts instanceof DatabaseFacts.Deleted;
        write(due, over ? settled.awaiting(null) : settled, skipped);
    }

    private void settle(DueSchedule due, RunOutcome outcome) {
        write(due, due.settled(outcome), outcome);
    }

    private void write(DueSchedule due, ScheduleState next, RunOutcome outcome) {
        if (!next.equals(due.state())) {
            catalog.write(due.write(next, outcome, null));
        }
    }

    /** Whether whoever set the schedule may was asked when it was set; a fleet must not go unprotected when they leave. */
    private Report report(DatabaseFacts facts, List<Workflow> active) {
        return orders.report(facts, active, Permission.ALLOWED);
    }
}
