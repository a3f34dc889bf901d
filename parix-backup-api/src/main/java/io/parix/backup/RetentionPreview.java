package io.parix.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a change of the retention period would do, found by the rules that clean-up executes (spec H9).
 *
 * <p>Both settings are looked at for the instant at which nothing of either is pending any more, with backups, holds and uses as
 * they are now. Backups that go by then with or without the change are not shown.
 *
 * @param before the setting as it stands, its pending change included
 * @param after the setting that the change would make
 * @param effectiveAt when the period wanted would hold: now, or after the undo window
 * @param databases the databases for which it makes a difference
 */
public record RetentionPreview(
        RetentionSetting before, RetentionSetting after, Instant effectiveAt, List<Database> databases) {
    /** Copies the list. */
    public RetentionPreview {
        databases = List.copyOf(databases);
    }

    /** {@return how many backups would be removed that are kept as the setting stands} */
    public int removedCount() {
        return databases.stream().mapToInt(d -> d.removed().size()).sum();
    }

    /** {@return the bytes that removing them frees; databases share none} */
    public ByteSize freed() {
        long sum = 0;
        for (Database database : databases) {
            sum = Math.min(sum, Long.MAX_VALUE - database.freed().bytes())
                    + database.freed().bytes();
        }
        return new ByteSize(sum);
    }

    /**
     * What it would do to the backups of one database.
     *
     * @param database which
     * @param removed the backups that would be removed and are kept as the setting stands
     * @param spared the backups that would be kept and are removed as the setting stands
     * @param freed the bytes that removing the first frees: those that no backup needs which stays (spec D4)
     */
    public record Database(
            DatabaseId database, List<RetentionDecision> removed, List<RetentionDecision> spared, ByteSize freed) {
        /** Copies the lists. */
        public Database {
            removed = List.copyOf(removed);
            spared = List.copyOf(spared);
        }
    }
}
