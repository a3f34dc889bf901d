package io.parix.backup.engine.row;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.catalog.CatalogConflictException;
import java.util.function.Supplier;

/**
 * The one way in which a write from outside a row's own worker meets another writer: it reads again and decides anew, a bounded
 * number of times.
 *
 * @param tries how often it is tried, 1 or more
 */
public record ConflictRetry(int tries) {
    /** Refuses what would try nothing. */
    public ConflictRetry {
        if (tries < 1) {
            throw new IllegalArgumentException("tries must be 1 or more, not " + tries);
        }
    }

    /**
     * Reads, decides and writes, until nobody comes in between.
     *
     * <p>The end is no {@link CatalogConflictException}: a worker that meets one lets go of its own job, and what is written here
     * is another's row.
     *
     * @param what what cannot be done where it ends, as in "change backup b1"
     * @param attempt reads the row, decides and writes it; repeated from the beginning
     * @param <T> what comes out of it
     * @return the answer of the attempt that met nobody
     * @throws FailedException with {@link ErrorCode#CATALOG_CONFLICT} when every attempt met another writer
     */
    public <T> T run(String what, Supplier<T> attempt) {
        for (int n = 1; true; n++) {
            try {
                return attempt.get();
            } catch (CatalogConflictException e) {
                if (n == tries) {
                    throw new FailedException(
                            ErrorCode.CATALOG_CONFLICT,
                            "Cannot " + what + ": others changed it at each of " + tries + " tries. Try again.",
                            e);
                }
            }
        }
    }
}
