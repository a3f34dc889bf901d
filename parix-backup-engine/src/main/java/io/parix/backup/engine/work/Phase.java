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
 */
public record Phase(JobStep step, Instant since, @Nullable Duration most) {}
