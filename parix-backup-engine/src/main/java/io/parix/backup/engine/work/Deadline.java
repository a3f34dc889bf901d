package io.parix.backup.engine.work;

import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a step is given up for time.
 *
 * @param at the last instant that is in time
 * @param fact what has not happened once it has passed, for a person
 */
record Deadline(Instant at, String fact) {
    /** The earlier one of the job's and the phase's; none for a step that cannot fail. */
    static Optional<Deadline> of(JobRecord row, Phase phase, Duration job) {
        if (!phase.step().afterCrash().mayFail()) {
            return Optional.empty();
        }
        Deadline whole = new Deadline(row.requestedAt().plus(job), "The job did not end within " + job);
        Duration most = phase.most();
        if (most == null) {
            return Optional.of(whole);
        }
        Deadline part = new Deadline(
                phase.since().plus(most), "Phase '" + phase.step().code() + "' did not end within " + most);
        return Optional.of(part.at().isBefore(whole.at()) ? part : whole);
    }

    boolean hasPassed(Instant now) {
        return at.isBefore(now);
    }
}
