package io.parix.backup.archive.manifest;

import io.parix.backup.ReplicaFacts;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.host.ImageKind;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One replica of a backup.
 *
 * @param facts what its data file says of itself
 * @param image what kind of image it was read from
 * @param cutNotBefore an instant not after the image was cut
 * @param digest the tree digest of the file, 64 hexadecimal characters
 * @param chunks how many of its chunks are not zero
 * @param index the objects that say where its chunks are, in order of position; 1 or more
 */
public record ArchivedReplica(
        ReplicaFacts facts, ImageKind image, Instant cutNotBefore, String digest, long chunks, List<ObjectRef> index) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Refuses what no export writes. */
    public ArchivedReplica {
        index = List.copyOf(index);
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("A digest has 64 hexadecimal characters");
        }
        if (chunks < 0 || index.isEmpty()) {
            throw new IllegalArgumentException("A replica has 0 or more chunks and at least one index object");
        }
    }
}
