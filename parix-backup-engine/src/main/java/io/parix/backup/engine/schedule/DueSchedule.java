package io.parix.backup.engine.schedule;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.RunOutcome;
import io.parix.backup.core.schedule.DueRuns;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.engine.row.ScheduleRow;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, and what of it has come due.
 *
 * @param row as last read
 * @param state what the row says
 * @param runs what has come due
 * @param now the catalog's clock
 */
record DueSchedule(ScheduleRecord row, ScheduleState state, DueRuns runs, Instant now) {
    /** Reads a row that is not paused. */
    static DueSchedule read(RunPlan plan, ScheduleRecord row) {
        ScheduleState state = ScheduleRow.read(row);
        Instant now = plan.catalog().now();
        return new DueSchedule(
                row, state, plan.due(row.database(), state, state.awaited().orElseThrow(), now), now);
    }

    /** Whether a row says of its runs what this one says, whoever looks at it when. */
    boolean isOf(ScheduleRecord other) {
        return other.due().equals(row.due()) && other.payload().equals(row.payload());
    }

    /** The same on another row of which it is. */
    DueSchedule on(ScheduleRecord other) {
        return new DueSchedule(other, state, runs, now);
    }

    DatabaseId database() {
        return row.database();
    }

    /** The schedule when this became of the run that is to be started. */
    ScheduleState settled(RunOutcome outcome) {
        return state.settled(runs, outcome);
    }

    /** The schedule one step on, with the run's job where it has one, and what the listener shall hear. */
    ScheduleWrite write(ScheduleState next, RunOutcome outcome, @Nullable NewJob job) {
        return new ScheduleWrite(ScheduleRow.next(row, next), job, events(outcome));
    }

    private List<BackupEvent> events(RunOutcome outcome) {
        RunEvents told = new RunEvents(row, now);
        List<BackupEvent> events = new ArrayList<>();
        runs.notMadeUp()
                .ifPresent(missed -> events.add(told.missed(missed.last().day())));
        if (outcome instanceof RunOutcome.Skipped) {
            runs.toStart().ifPresent(run -> events.add(told.skipped(run.day())));
        }
        return events;
    }
}
