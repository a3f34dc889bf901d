package io.parix.backup.core.job;

/** What cancelling a backup came to (spec B5). */
public sealed interface Cancellation {
    /**
     * It is cancelled once this state is stored.
     *
     * @param job the failed job, with the code {@code cancelled}
     */
    record Cancelled(BackupJob.Failed job) implements Cancellation {}

    /**
     * The commit is durably decided, or the job has ended; nothing changes.
     *
     * @param step where the job is
     */
    record TooLate(BackupStep step) implements Cancellation {
        /** {@return one sentence for a person} */
        public String sentence() {
            return step.status().ended()
                    ? "The backup has already ended (" + step.status().code() + ")."
                    : "The backup's commit is decided (" + step.code() + "), so it completes.";
        }
    }
}
