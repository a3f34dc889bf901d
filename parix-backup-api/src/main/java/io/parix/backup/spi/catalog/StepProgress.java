package io.parix.backup.spi.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a running step last reported (spec B2, B8).
 *
 * @param done bytes done
 * @param expected bytes expected; 0 while unknown
 * @param waiting what the job waits for, in words, or null
 */
public record StepProgress(
        long done, long expected, @Nullable String waiting) {
    /** Nothing yet. */
    public static final StepProgress NONE = new StepProgress(0, 0, null);

    /**
     * Waiting for something.
     *
     * @param reason what, for a person
     * @return that
     */
    public static StepProgress waiting(String reason) {
        return new StepProgress(0, 0, reason);
    }
}
