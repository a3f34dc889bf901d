package io.parix.backup.testkit.contract;

import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the author of snapshots of volumes gives the suite. A hook that answers nothing makes its tests show as skipped.
 */
public interface VolumeSnapshotsFixture {
    /**
     * Makes a place without snapshots.
     *
     * @return a place of its own for each call
     * @throws Exception when it cannot be made
     */
    VolumeSnapshots snapshots() throws Exception;

    /** {@return two volumes of which snapshots can be made} */
    List<String> volumes();

    /** {@return what the place claims to do} */
    SnapshotCapabilities capabilities();

    /**
     * Lets so much time pass that whatever was asked for is there, or gone.
     *
     * @throws Exception when it does not come
     */
    void pass() throws Exception;

    /**
     * Makes a place where a volume may have one snapshot now, and another one only after {@link #pass}.
     *
     * @return such a place, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<VolumeSnapshots> limited() throws Exception {
        return Optional.empty();
    }

    /**
     * Locks a snapshot against deletion.
     *
     * @param place from {@link #snapshots}
     * @param name a snapshot that is there
     * @return when the lock ends, where one could be put on
     * @throws Exception when it should have been possible and was not
     */
    default Optional<Instant> lock(VolumeSnapshots place, String name) throws Exception {
        return Optional.empty();
    }

    /**
     * Attaches a volume that {@link VolumeSnapshots#materialize} made.
     *
     * @param place from {@link #snapshots}
     * @param volume a volume's name
     * @return whether it is attached
     * @throws Exception when it should have been possible and was not
     */
    default boolean attach(VolumeSnapshots place, String volume) throws Exception {
        return false;
    }

    /** {@return where a volume can be made} */
    default Map<String, String> placement() {
        return Map.of();
    }

    /** {@return where none can be made; empty where there is no such place} */
    default Map<String, String> impossiblePlacement() {
        return Map.of();
    }

    /** {@return how many snapshots of one volume a listing is tried with, 3 or more; over 1,000 where it costs nothing} */
    default int many() {
        return 3;
    }
}
