package io.parix.backup;

/** The answer to a {@link RestoreRequest}: a job, or the reasons why there is none. */
public sealed interface RestoreAnswer {
    /**
     * There is a job: a new one, or the one that the same idempotency key made before.
     *
     * @param restore as it is now
     */
    record Accepted(Restore restore) implements RestoreAnswer {}

    /**
     * There is none, and nothing was touched.
     *
     * @param report every condition with its outcome; at least one failed
     */
    record Refused(Report report) implements RestoreAnswer {}
}
