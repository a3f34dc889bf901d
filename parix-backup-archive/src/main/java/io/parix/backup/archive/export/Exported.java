package io.parix.backup.archive.export;

import io.parix.backup.Report;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.manifest.Totals;
import io.parix.backup.archive.segment.ObjectRef;
import java.util.List;

/**
 * What an export stored. Everything in it is there and confirmed; only the manifest is missing.
 *
 * @param replicas for the manifest
 * @param totals for the manifest
 * @param keys for the manifest
 * @param segments every segment that the backup needs
 * @param created every object that it created, in order of name
 * @param base what was found of the base: a failed check of rule {@code C12} for each of its objects that is missing or wrong, by its
 *     name below the database's folder in {@link io.parix.backup.Check#expected()}, so that every backup that needs the object can be
 *     flagged; a warning when nothing of it could be used, as its layout or its sealing is another or its keys cannot be had now
 */
public record Exported(
        List<ArchivedReplica> replicas,
        Totals totals,
        List<AttemptKey> keys,
        List<SegmentUse> segments,
        List<ObjectRef> created,
        Report base) {
    /** Copies the lists. */
    public Exported {
        replicas = List.copyOf(replicas);
        keys = List.copyOf(keys);
        segments = List.copyOf(segments);
        created = List.copyOf(created);
    }
}
