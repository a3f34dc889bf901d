package io.parix.backup.spi.catalog;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conditional write found another version, fence or owner than it named, or a condition that did not hold; nothing was written. */
public final class CatalogConflictException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable JobRecord actual;
    private final transient @Nullable WriteCondition broken;

    /**
     * Names both versions.
     *
     * @param id the job
     * @param expected the version that the write named
     * @param actual the row that is there, or null when there is none
     */
    public CatalogConflictException(String id, long expected, @Nullable JobRecord actual) {
        super(ErrorCode.CATALOG_CONFLICT, message(id, expected, actual), null);
        this.actual = actual;
        this.broken = null;
    }

    /**
     * Names the condition of a write that did not hold.
     *
     * @param next the row that was to be written
     * @param broken the condition
     */
    public CatalogConflictException(JobRecord next, WriteCondition broken) {
        super(
                ErrorCode.CATALOG_CONFLICT,
                "Cannot write job " + next.id() + " at version " + next.version() + ": it does not hold any more that "
                        + broken.words() + ". Read both again.",
                null);
        this.actual = null;
        this.broken = broken;
    }

    private static String message(String id, long expected, @Nullable JobRecord actual) {
        String there = actual == null
                ? "there is no such row"
                : "it is at version " + actual.version() + ", step " + actual.step();
        return "Cannot write job " + id + " at version " + expected + ": " + there + ". Read it again.";
    }

    /** {@return the row that is there, where there is one; empty where a condition did not hold} */
    public Optional<JobRecord> actual() {
        return Optional.ofNullable(actual);
    }

    /** {@return the condition that did not hold, where it was for one; where several did not, any of them} */
    public Optional<WriteCondition> broken() {
        return Optional.ofNullable(broken);
    }
}
