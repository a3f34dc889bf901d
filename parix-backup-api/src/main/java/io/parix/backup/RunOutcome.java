package io.parix.backup;

/** What became of a run of a schedule (spec G1). */
public sealed interface RunOutcome {
    /**
     * A backup was begun; whether it succeeds is for the backup to say.
     *
     * @param backup the backup
     */
    record Started(BackupId backup) implements RunOutcome {}

    /**
     * It could not be started (spec G5).
     *
     * @param report the conditions with their outcomes, of which at least one failed: those of {@link Backups#availability},
     *     with the code {@code overlap} where another backup was still going (spec G6). Long texts are cut
     */
    record Skipped(Report report) implements RunOutcome {}

    /**
     * Nobody was there to start it, nor within the grace period after it (spec G4), or its schedule was paused or changed before
     * anybody was.
     */
    record Missed() implements RunOutcome {}
}
