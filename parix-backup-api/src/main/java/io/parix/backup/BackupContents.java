package io.parix.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a completed backup holds.
 *
 * @param coveredUntil everything acknowledged before this instant is in the backup; nothing more is claimed (spec C6)
 * @param captured the restore metadata (spec C2)
 * @param replicas what each data file says of itself, by index
 * @param logical the length of all replica files
 * @param stored the bytes of all segments and indexes that a restore reads
 * @param added the bytes that this backup added to the store
 * @param manifestDigest SHA-256 of the manifest in hexadecimal
 * @param warnings what was noticed and did not refuse it (spec C6); that all was stored anew, as it is sealed and the one before was
 *     not, or the other way round, is {@code base-sealing} (spec C13)
 * @param verification what was last found out about it (spec C10)
 * @param snapshots the provider's snapshots of the replica volumes, by index, failed ones among them; empty where there are no
 *     volumes (spec C1)
 * @param drill what the last restore drill found out, or null before one was carried to its end (spec F9)
 */
public record BackupContents(
        Instant coveredUntil,
        CapturedProfile captured,
        List<ReplicaFacts> replicas,
        ByteSize logical,
        ByteSize stored,
        ByteSize added,
        String manifestDigest,
        Report warnings,
        Verification verification,
        List<ReplicaSnapshot> snapshots,
        @Nullable DrillRecord drill) {
    /** Copies the lists. */
    public BackupContents {
        replicas = List.copyOf(replicas);
        snapshots = List.copyOf(snapshots);
    }

    /** {@return what the last restore drill found out, where there was one} */
    public Optional<DrillRecord> lastDrill() {
        return Optional.ofNullable(drill);
    }
}
