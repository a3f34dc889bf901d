package io.parix.backup.engine.sweep;

import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.Catalog;
import java.util.List;
import java.util.Set;

/**
 * Tells whether the catalog knows every backup that lies in a place. What it does not know, for a rebuild could not read it or an old copy
 * of the catalog is older than it, may need any segment, and no row says which (spec H11, C11).
 *
 * @param catalog the truth
 */
record KnownBackups(Catalog catalog) {
    /**
     * Requires that all are known.
     *
     * @param place where they lie
     * @param read those that were read from the catalog already
     * @param call deadline, cancellation, job
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} where one is not
     */
    void require(ArchivePlace place, Set<BackupId> read, CallContext call) {
        List<BackupId> unknown = new ManifestStore(place, call)
                .backups().stream()
                        .filter(backup -> !read.contains(backup))
                        .filter(backup -> catalog.find(backup.value()).isEmpty())
                        .toList();
        if (!unknown.isEmpty()) {
            throw new FailedException(
                    ErrorCode.NOT_FOUND,
                    "Cannot clean up database " + place.keys().database() + ": the catalog does not know "
                            + (unknown.size() == 1 ? "a backup" : unknown.size() + " backups, the first of them")
                            + " whose manifest is " + place.keys().manifest(unknown.get(0))
                            + ". Nothing is removed until a rebuild has taken it up; where it cannot be read, put back what"
                            + " is missing, or delete its manifest.");
        }
    }
}
