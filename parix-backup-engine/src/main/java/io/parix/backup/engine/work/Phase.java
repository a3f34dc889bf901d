package io.parix.backup.engine.work;

import io.parix.backup.core.job.JobStep;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current step of a job as a stretch of time.
 *
 * @param step the step
 * @param since when the job came to it, in this attempt
 * @param most how long it may take, or null where only the job's own deadline counts
 * @param hold what the host keeps for it meanwhile
 */
public record Phase(JobStep step, Instant since, @Nullable Duration most, Hold hold) {
    /** What a host keeps for a job while it is in a step, and so how dear it is to wait there. */
    public enum Hold {
        /** Nothing that a wait would make dearer. */
        NOTHING,
        /** Images of replicas, which may be stopped, or volumes made of snapshots. */
        IMAGES
    }

    /**
     * A step for which the host keeps nothing.
     *
     * @param step the step
     * @param since when the job came to it, in this attempt
     * @param most how long it may take, or null where only the job's own deadline counts
     */
    public Phase(JobStep step, Instant since, @Nullable Duration most) {
        this(step, since, most, Hold.NOTHING);
    }
}
