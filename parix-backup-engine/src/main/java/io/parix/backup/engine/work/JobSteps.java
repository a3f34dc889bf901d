package io.parix.backup.engine.work;

import io.parix.backup.Failure;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;

/** The steps of one kind of job. Each reads its facts, acts, and writes the next step; each may be repeated. */
public interface JobSteps {
    /** {@return the kind of jobs whose steps these are} */
    JobKind kind();

    /**
     * Runs the step that the row names and writes what comes next, through the lease.
     *
     * @param lease the claim on the job, with its row
     */
    void run(Lease lease);

    /**
     * Names the durable step of a row, which says what a worker may do with it by the table of {@code core.job}, and how long
     * it may take.
     *
     * @param row a row of this kind
     * @return the step, since when, and its deadline
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN} when this release cannot
     *     read the row
     */
    Phase phase(JobRecord row);

    /**
     * Writes that the job's current step, which {@link io.parix.backup.core.job.AfterCrash#mayFail may fail}, has failed for
     * good: the job fails, goes back, or begins another attempt.
     *
     * @param lease the claim on the job, with its row
     * @param failure why
     */
    void fail(Lease lease, Failure failure);

    /**
     * The job's current step only goes forward, or back, and repeating alone did not mend it.
     *
     * @param lease the claim on the job, with its row
     * @param failure why
     * @return whether what follows was written; else the step is simply run again later
     */
    default boolean stuck(Lease lease, Failure failure) {
        return false;
    }

    /**
     * Another worker has the job now. What this one made after the other had cleaned up is taken away here, where it is
     * known; nothing is written.
     *
     * @param lost the claim that was lost
     */
    void overtaken(Lease lost);

    /**
     * Tells whether jobs of this kind run in the workers' own threads, and are woken at their instant.
     *
     * @return false for a kind that nobody waits for: it is looked at beside the workers, when the tick finds it due
     */
    default boolean urgent() {
        return true;
    }

    /** Lets go of what this process holds for jobs that have moved on elsewhere. Called every now and then. */
    default void tidy() {}
}
