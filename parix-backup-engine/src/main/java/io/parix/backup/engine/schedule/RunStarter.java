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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with one schedule that has come due: its run is started, skipped or missed. Every write is conditional on what was
 * read, so where another node was quicker nothing happens here. Safe for concurrent calls.
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
        } else if (plan.awaits(due.state())) {
            settle(due, new RunOutcome.Missed());
        } else {
            planAnew(due);
        }
    }

    /** A run that is further away than any can be was planned by a clock that was ahead; nothing has become of any run here. */
    private void planAnew(DueSchedule due) {
        ScheduleState state = due.state();
        write(due, state.awaiting(plan.next(due.database(), state)), new RunOutcome.Missed());
    }

    /**
     * Takes a schedule in hand: for all others it is to be looked at later. So what the host makes of it holds up nobody else, and
     * what fails is not the first again at the next look.
     *
     * @return the schedule as it is now; empty where another node was quicker
     */
    Optional<ScheduleRecord> take(ScheduleRecord row) {
        Instant later = catalog.now().plus(parts.settings().schedules().scheduleRetry());
        return catalog.write(ScheduleWrite.of(row.postponed(later))) instanceof ScheduleAnswer.Written written
                ? Optional.of(written.row())
                : Optional.empty();
    }

    /** Takes a schedule once more that is in hand for so long that others would look at it soon. */
    Optional<ScheduleRecord> keep(ScheduleRecord row) {
        Duration half = parts.settings().schedules().scheduleRetry().dividedBy(2);
        Instant soon = catalog.now().plus(half);
        return row.lookAgain().filter(soon::isBefore).isPresent() ? Optional.of(row) : take(row);
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
            LOG.debug("The directory does not know {}; it is asked again", database);
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
        ScheduleAnswer answer = written(due, on -> on.write(on.settled(started), started, job));
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
            written(due, on -> on.write(next, outcome, null));
        }
    }

    /** Where only the next look was put off meanwhile, as is done for what is long in hand, what was decided stands. */
    private ScheduleAnswer written(DueSchedule due, Function<DueSchedule, ScheduleWrite> write) {
        ScheduleAnswer answer = catalog.write(write.apply(due));
        Optional<DueSchedule> same = answer instanceof ScheduleAnswer.Moved moved
                ? moved.there().filter(due::isOf).map(due::on)
                : Optional.empty();
        return same.map(write).map(catalog::write).orElse(answer);
    }

    /** Whether whoever set the schedule may was asked when it was set; a fleet must not go unprotected when they leave. */
    private Report report(DatabaseFacts facts, List<Workflow> active) {
        return orders.report(facts, active, Permission.ALLOWED);
    }
}
