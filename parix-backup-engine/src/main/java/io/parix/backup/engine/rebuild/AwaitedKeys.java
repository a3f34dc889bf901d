package io.parix.backup.engine.rebuild;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The backups that a rebuild could not read as their keys cannot be had now, which says nothing of the backups (spec C13): the others are
 * taken up, and then whoever asked is told to ask again. For one thread, once.
 */
final class AwaitedKeys {
    private static final int MOST_TOLD = 10;

    private final List<String> told = new ArrayList<>();
    private long count;
    private @Nullable BackupException first;

    /** Keeps in mind that a manifest could not be used for want of a key. */
    void add(ObjectKey manifest, BackupException e) {
        count++;
        if (first == null) {
            first = e;
        }
        if (told.size() < MOST_TOLD) {
            told.add(manifest + ": " + e.getMessage());
        }
    }

    /** Raises where something is missing, and names the first of it. */
    void requireNone() {
        if (count > 0) {
            throw new FailedException(
                    ErrorCode.KEY_UNAVAILABLE,
                    "Cannot take up " + (count == 1 ? "a backup" : count + " backups")
                            + " whose keys cannot be had now; "
                            + "the others are taken up. Rebuild again once the key port can be reached. Missing"
                            + (count > told.size() ? ", the first " + told.size() : "") + ":\n"
                            + String.join("\n", told),
                    Objects.requireNonNull(first));
        }
    }
}
