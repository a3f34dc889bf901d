package io.parix.backup.engine.settings;

/**
 * Every limit of the engine, named, with a default and bounds, in groups that are each valid. {@link #builder()} reports the
 * mistakes of all groups at once.
 *
 * @param work how jobs are worked on
 * @param phases how long each phase may take
 * @param retry how often and how soon what failed is tried again
 * @param transfer how bytes are moved
 * @param pages how much is read at once
 */
public record EngineSettings(
        WorkLimits work, PhaseDeadlines phases, RetryLimits retry, TransferLimits transfer, PageSizes pages) {

    /** {@return the defaults} */
    public static EngineSettings defaults() {
        return builder().build();
    }

    /** {@return a builder that begins with the defaults} */
    public static EngineSettingsBuilder builder() {
        return new EngineSettingsBuilder();
    }
}
