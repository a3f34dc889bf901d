package io.parix.backup.engine.row;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.Cadence;
import io.parix.backup.LastRun;
import io.parix.backup.MissedRuns;
import io.parix.backup.Report;
import io.parix.backup.RunOutcome;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The facts of a schedule. Version 1. */
record SchedulePayload(
        int version,
        Cadence cadence,
        Actor setBy,
        @Nullable ScheduledRun next,
        @Nullable Last last,
        @Nullable MissedRuns missed) {

    /** A run that came due: begun where it names a backup, skipped where it has reasons, else missed. */
    record Last(
            LocalDate day,
            Instant at,
            @Nullable BackupId backup,
            @Nullable Report reasons) {
        static Last of(LastRun run) {
            BackupId begun = run.outcome() instanceof RunOutcome.Started started ? started.backup() : null;
            Report skipped = run.outcome() instanceof RunOutcome.Skipped s ? s.report() : null;
            return new Last(run.day(), run.at(), begun, skipped);
        }

        LastRun run() {
            return new LastRun(day, at, outcome());
        }

        private RunOutcome outcome() {
            if (backup != null) {
                return new RunOutcome.Started(backup);
            }
            return reasons == null ? new RunOutcome.Missed() : new RunOutcome.Skipped(reasons);
        }
    }

    static SchedulePayload of(ScheduleState state) {
        Last last = state.last() == null ? null : Last.of(state.last());
        return new SchedulePayload(
                Payloads.VERSION, state.cadence(), state.setBy(), state.next(), last, state.missed());
    }

    ScheduleState state() {
        return new ScheduleState(cadence, setBy, next, last == null ? null : last.run(), missed);
    }
}
