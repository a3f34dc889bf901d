package io.parix.backup.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of volumes: asked for by name, then observed. No call waits for a state.
 *
 * <p>Synchronous; safe for concurrent calls; errors are {@link ProviderException}s.
 */
public interface VolumeSnapshots {
    /**
     * Asks for a snapshot. Idempotent by name: asking again gives the same snapshot.
     *
     * @param name deterministic, chosen by the engine; 1 to 63 characters of a-z, 0-9, {@code -}
     * @param volume the provider's name of the volume
     * @param labels what it can be listed by; keys and values of 1 to 63 characters of a-z, 0-9, {@code -}, keys beginning with a
     *     letter
     * @param call deadline and purpose
     * @return the snapshot as it is now
     * @throws ProviderException {@link ErrorKind#CONFLICT} when the name belongs to a snapshot of another volume;
     *     {@link ErrorKind#QUOTA} or {@link ErrorKind#THROTTLED} at a limit; others as the place answers
     */
    Snapshot request(String name, String volume, Map<String, String> labels, CallContext call);

    /**
     * Describes a snapshot.
     *
     * @param name its name
     * @param call deadline and purpose
     * @return its state; {@link State#GONE} when there is none
     * @throws ProviderException as the place answers
     */
    Snapshot describe(String name, CallContext call);

    /**
     * Asks for deletion; only {@link #describe} tells when it is {@link State#GONE}.
     *
     * @param name its name
     * @param call deadline and purpose
     * @return accepted ({@link DeleteOutcome.Deleted}), not there, locked, or failed with {@link ErrorKind#IN_USE}, or with what else the
     *     place tells of this snapshot
     * @throws ProviderException as the place answers, for example {@link ErrorKind#DENIED}, or {@link ErrorKind#THROTTLED}, whose wait
     *     no outcome can tell
     */
    DeleteOutcome delete(String name, CallContext call);

    /**
     * Lists snapshots by labels, complete.
     *
     * @param labels all must match
     * @param after only names after this one, or null to begin
     * @param call deadline and purpose
     * @return at most {@link ObjectStore#MAX_PAGE} in ascending order of name; fewer mean the end
     * @throws ProviderException {@link ErrorKind#INVALID_REQUEST} where {@link SnapshotCapabilities#listByLabel()} is false, since
     *     an empty answer would say that there is nothing; others as the place answers; what cannot be listed whole is an error
     */
    List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call);

    /**
     * Makes a volume of a snapshot. Idempotent by name.
     *
     * @param wanted which volume
     * @param call deadline and purpose
     * @return the volume's id once it can be attached; empty while it is being made
     * @throws ProviderException {@link ErrorKind#INVALID_REQUEST} where {@link SnapshotCapabilities#materialize()} is
     *     false, the snapshot is not {@link State#USABLE} or the placement is not possible; {@link ErrorKind#CONFLICT} when the name
     *     belongs to a volume of another snapshot; others as the place answers
     */
    Optional<String> materialize(VolumeRequest wanted, CallContext call);

    /**
     * Asks for the deletion of a volume that {@link #materialize} made or is making. Its snapshot stays.
     *
     * @param name the volume's name
     * @param call deadline and purpose
     * @return accepted ({@link DeleteOutcome.Deleted}), and so as long as it is there; {@link DeleteOutcome.Absent} once it is gone, or
     *     was never there; failed with {@link ErrorKind#IN_USE} while it is attached
     * @throws ProviderException as {@link #delete}
     */
    DeleteOutcome deleteVolume(String name, CallContext call);

    /**
     * Lists volumes that {@link #materialize} made or is making by labels, complete.
     *
     * @param labels all must match
     * @param after only names after this one, or null to begin
     * @param call deadline and purpose
     * @return at most {@link ObjectStore#MAX_PAGE} names in ascending order; fewer mean the end
     * @throws ProviderException {@link ErrorKind#INVALID_REQUEST} where {@link SnapshotCapabilities#listByLabel()} is false; others as
     *     the place answers; what cannot be listed whole is an error
     */
    List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call);

    /**
     * A volume to be made.
     *
     * @param name its name, chosen by the engine; as that of a snapshot
     * @param snapshot the name of the snapshot that it is made of
     * @param placement the provider's words for zone and type
     * @param labels what it can be listed by; as those of a snapshot
     */
    record VolumeRequest(String name, String snapshot, Map<String, String> placement, Map<String, String> labels) {
        /** Copies the maps. */
        public VolumeRequest {
            placement = Map.copyOf(placement);
            labels = Map.copyOf(labels);
        }
    }

    /** Where a snapshot is. */
    enum State {
        /** The point in time is not fixed yet; the source must stay as it is. */
        CUTTING("cutting"),
        /** The point in time is fixed; the source may go on. */
        CUT("cut"),
        /** A volume can be made of it. */
        USABLE("usable"),
        /** It will never be usable. */
        FAILED("failed"),
        /** There is none. */
        GONE("gone");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /** {@return the stable text of this state} */
        public String code() {
            return code;
        }
    }

    /**
     * A snapshot as the place describes it.
     *
     * @param name its name
     * @param state where it is
     * @param percent progress towards usable, 0 to 100
     * @param reason why it failed; empty otherwise
     * @param labels what it is labelled with
     * @param opaque the provider's own note, at most 4,096 characters, kept and handed back, never read
     */
    record Snapshot(String name, State state, int percent, String reason, Map<String, String> labels, String opaque) {
        /** Copies the labels; refuses an overlong note. */
        public Snapshot {
            labels = Map.copyOf(labels);
            if (opaque.length() > 4_096) {
                throw new IllegalArgumentException(
                        "A snapshot's note has at most 4096 characters, not " + opaque.length());
            }
        }
    }
}
