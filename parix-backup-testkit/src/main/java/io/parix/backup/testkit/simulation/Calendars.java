package io.parix.backup.testkit.simulation;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.LastRun;
import io.parix.backup.RunOutcome;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import io.parix.backup.engine.row.ScheduleRow;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether schedules run by the clock on the wall, when they are due and not before, and say what they skipped (spec G2, G3, G5, G6). */
final class Calendars implements Witness {
    /** The longest day there is, where clocks are put back by an hour. */
    private static final Duration LONGEST_DAY = Duration.ofHours(25);

    private final World world;
    private final Map<DatabaseId, ScheduleState> schedules = new HashMap<>();

    Calendars(World world) {
        this.world = world;
    }

    @Override
    public void forgets() {
        schedules.clear();
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (answer instanceof ScheduleAnswer.Written written) {
            ScheduleState now = ScheduleRow.read(written.row());
            DatabaseId database = written.row().database();
            ScheduleState before = schedules.put(database, now);
            now.awaited().ifPresent(run -> comesByTheWall(database, now.cadence(), run));
            if (before != null && before.next() != null && before.cadence().equals(now.cadence())) {
                goesOn(database, before, now, written.started());
            } else {
                require(
                        written.started().isEmpty() && isLater(now),
                        Invariant.CHANGES_START_NOTHING,
                        database + " was " + before + ", is " + now + ", and starts " + written.started());
            }
        } else if (Boolean.TRUE.equals(answer) && call.name().equals("Catalog.unschedule")) {
            schedules.remove(call.argument(ScheduleRecord.class).database());
        }
    }

    /** Whoever changes a schedule may be slow to write it. */
    private boolean isLater(ScheduleState now) {
        return now.awaited()
                .filter(run -> !run.at().isAfter(world.turn().began().minus(Past.CLOCKS_DIFFER)))
                .isEmpty();
    }

    /** At its time on the wall of its zone, or within so long after it as a fleet is spread over. */
    private void comesByTheWall(DatabaseId database, Cadence cadence, ScheduledRun run) {
        Instant first = onTheWall(run, cadence);
        Instant last = first.plus(world.settings().schedules().spread());
        require(
                run.at().equals(first) || (run.at().isAfter(first) && run.at().isBefore(last)),
                Invariant.RUNS_BY_THE_WALL_CLOCK,
                database + " runs at " + run + ", " + cadence + " is " + first);
    }

    private static Instant onTheWall(ScheduledRun run, Cadence cadence) {
        ZonedDateTime time =
                run.day().atTime(cadence.at()).atZone(cadence.zone()).withEarlierOffsetAtOverlap();
        ZoneOffsetTransition change =
                cadence.zone().getRules().previousTransition(time.toInstant().plusNanos(1));
        boolean there = time.toLocalTime().equals(cadence.at());
        return there || change == null ? time.toInstant() : change.getInstant();
    }

    /** A run that was awaited still is, or its time has come. */
    private void goesOn(DatabaseId database, ScheduleState before, ScheduleState now, Optional<JobRecord> started) {
        Instant time = world.catalog().now().plus(Past.CLOCKS_DIFFER);
        ScheduledRun awaited = before.awaited().orElseThrow();
        ScheduledRun next = now.next();
        String what = database + " was " + before + ", is " + now + " at " + time + ", and starts " + started;
        if (next == null) {
            require(started.isEmpty(), Invariant.CHANGES_START_NOTHING, what);
            return;
        }
        if (next.equals(awaited)) {
            return;
        }
        if (awaited.at().isAfter(time)) {
            require(isBeingRestored(database), Invariant.MOVES_WHEN_DUE, what);
            return;
        }
        require(!next.at().isAfter(time.plus(LONGEST_DAY)), Invariant.RUNS_BY_THE_WALL_CLOCK, what);
        require(isSaid(database, now.last(), awaited, started), Invariant.SKIPS_ARE_SAID, what);
    }

    /** Whoever restores a database computes its next run afresh (spec F8): a run of that date may have been had by another schedule. */
    private boolean isBeingRestored(DatabaseId database) {
        return world.catalog()
                .occupant(database)
                .filter(held -> held.kind() == WorkflowKind.RESTORE)
                .isPresent();
    }

    /** That it started, or why it did not; it is only missed where nobody could start it for longer than the grace period. */
    private boolean isSaid(
            DatabaseId database, @Nullable LastRun last, ScheduledRun awaited, Optional<JobRecord> started) {
        if (last == null || last.day().isBefore(awaited.day())) {
            return false;
        }
        RunOutcome outcome = last.outcome();
        if (outcome instanceof RunOutcome.Started run) {
            // Whoever was slow to write it may find that another one has started it.
            return world.catalog()
                    .keyed(database, JobKind.BACKUP, "parix-run-" + last.day())
                    .filter(row -> row.id().equals(run.backup().value()))
                    .isPresent();
        } else if (outcome instanceof RunOutcome.Skipped skipped) {
            return started.isEmpty() && !skipped.report().passed();
        }
        Instant graceful = last.at().plus(world.settings().schedules().grace()).minus(Past.CLOCKS_DIFFER);
        return started.isEmpty() && !graceful.isAfter(world.catalog().now());
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            world.watch().violated(invariant, detail);
        }
    }
}
