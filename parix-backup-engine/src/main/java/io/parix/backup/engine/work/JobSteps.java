package io.parix.backup.engine.work;

import io.parix.backup.Failure;
import io.parix.backup.spi.catalog.JobKind;

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
     * Writes that the job's current step has failed for good: the job fails, goes back, or begins another attempt.
     *
     * @param lease the claim on the job, with its row
     * @param failure why
     * @return whether the step can be given up; a step that can only be completed is run again later
     */
    boolean giveUp(Lease lease, Failure failure);

    /**
     * Tells whether the job's current step is given up once the job's deadline has passed. One that only goes forward, or
     * back, is repeated as the retry policy says.
     *
     * @param lease the claim on the job, with its row
     * @return whether it is
     */
    boolean endsAtDeadline(Lease lease);

    /**
     * Another worker has the job now. What this one made after the other had cleaned up is taken away here, where it is
     * known; nothing is written.
     *
     * @param lost the claim that was lost
     */
    void overtaken(Lease lost);

    /** Lets go of what this process holds for jobs that have moved on elsewhere. Called every now and then. */
    default void tidy() {}
}
