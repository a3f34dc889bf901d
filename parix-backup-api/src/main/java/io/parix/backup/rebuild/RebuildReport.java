package io.parix.backup.rebuild;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import java.util.List;

/**
 * What a {@link Rebuild} found of one database.
 *
 * @param database which
 * @param adopted backups that are new in the catalog, in order of id
 * @param known backups that the catalog had, in order of id
 * @param foreign those of both that another installation made, in order of id
 * @param unreadable manifests that could not be used, with {@link ErrorCode#KEY_UNAVAILABLE} those whose keys cannot be had now; they are
 *     left as they are
 * @param unnamed objects that no readable manifest leads to; they are left as they are
 */
public record RebuildReport(
        DatabaseId database,
        List<BackupId> adopted,
        List<BackupId> known,
        List<BackupId> foreign,
        List<Unreadable> unreadable,
        Unnamed unnamed) {
    /** How many names of objects a report holds at most. */
    public static final int MOST_NAMES = 1_000;

    /** Copies the lists. */
    public RebuildReport {
        adopted = List.copyOf(adopted);
        known = List.copyOf(known);
        foreign = List.copyOf(foreign);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A manifest that could not be used.
     *
     * @param key its key in storage
     * @param code why
     * @param message the same for a person
     */
    public record Unreadable(String key, ErrorCode code, String message) {}

    /**
     * Objects that no readable manifest leads to: of attempts that failed, of a backup that was running when the catalog was
     * lost, or of an unreadable manifest.
     *
     * @param count how many
     * @param size their bytes together
     * @param first the keys of the first of them, at most {@value RebuildReport#MOST_NAMES}
     */
    public record Unnamed(long count, ByteSize size, List<String> first) {
        /** Copies the list. */
        public Unnamed {
            first = List.copyOf(first);
        }
    }
}
