package io.parix.backup.core.job;

import io.parix.backup.ByteSize;

/**
 * How large a backup is.
 *
 * @param logical the replica files as the file system shows them, all together
 * @param stored bytes in storage that this backup needs, shared or not
 * @param added bytes in storage that were written for this backup; at most {@code stored}
 */
public record ExportTotals(ByteSize logical, ByteSize stored, ByteSize added) {
    /** Refuses a backup that added more than it has. */
    public ExportTotals {
        Require.that(added.compareTo(stored) <= 0, "totals", added + " added", "only " + stored + " are stored");
    }
}
