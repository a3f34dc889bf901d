package io.parix.backup.core.job;

import io.parix.backup.JobStatus;
import java.util.Optional;
import java.util.Set;

/** The state of a job as one stored word, with what the two questions of recovery answer for it (spec B4, F5). */
public sealed interface JobStep permits BackupStep, RestoreStep, CleanUpStep {
    /** {@return the stable text of this step, as stored, and as shown for a running job's phase (spec B2)} */
    String code();

    /** {@return the public status} */
    JobStatus status();

    /** {@return what the next worker does when the one before died here} */
    AfterCrash afterCrash();

    /** {@return where a failure leads that repeating does not mend; empty where the job cannot fail} */
    Optional<? extends JobStep> afterFailure();

    /** {@return every step that a legal move leads to; the step itself where a move keeps it} */
    Set<? extends JobStep> next();
}
