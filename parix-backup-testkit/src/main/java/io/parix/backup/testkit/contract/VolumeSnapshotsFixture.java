package io.parix.backup.testkit.contract;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the author of snapshots of volumes gives the suite. A hook that answers nothing makes its tests show as skipped. Each is called by the
 * test's own thread.
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
     * Makes a place in which the snapshot {@code parix-b1-1-1} of the first volume was asked for, and which then does not answer any
     * more.
     *
     * @return such a place, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<VolumeSnapshots> lost() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a place {@link #holding} something that may be looked at, and in which nothing may be made and nothing deleted.
     *
     * @return such a place, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<VolumeSnapshots> forbidden() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a place {@link #holding} something, in which the caller may do nothing any more: a credential was revoked, or is wrong.
     *
     * @return such a place, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<VolumeSnapshots> denied() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes in a place what those are to hold in which things may not be done: the snapshot {@code parix-b1-1-1} of the first volume,
     * usable, and of it the volume {@code v-1} where the place claims to make volumes.
     *
     * @param place a place without snapshots, in which everything may be done
     * @return the place
     * @throws Exception when it cannot be made
     */
    default VolumeSnapshots holding(VolumeSnapshots place) throws Exception {
        place.request("parix-b1-1-1", volumes().get(0), VolumeSnapshotsContract.LABELS, Samples.CALL);
        pass();
        if (capabilities().materialize()) {
            place.materialize(
                    new VolumeRequest("v-1", "parix-b1-1-1", placement(), VolumeSnapshotsContract.LABELS),
                    Samples.CALL);
            pass();
        }
        return place;
    }

    /**
     * Makes a place without snapshots that does the next request for one, the next making of a volume, the next deletion of a snapshot
     * and the next one of a volume, but the answer to each is lost on the way.
     *
     * @return such a place, where one can be had
     * @throws Exception when it cannot be made
     */
    default Optional<VolumeSnapshots> lostAnswer() throws Exception {
        return Optional.empty();
    }

    /**
     * Locks a snapshot against deletion, for longer than {@link #pass} lets pass.
     *
     * @param place from {@link #snapshots}
     * @param name a snapshot that is there
     * @return what its deletion is to answer, with the end of the lock where the place can tell it; empty where none could be put on
     * @throws Exception when it should have been possible and was not
     */
    default Optional<DeleteOutcome.Locked> lock(VolumeSnapshots place, String name) throws Exception {
        return Optional.empty();
    }

    /**
     * Locks a snapshot so that the place cannot tell until when.
     *
     * @param place from {@link #snapshots}
     * @param name a snapshot that is there
     * @return whether it could be done
     * @throws Exception when it should have been possible and was not
     */
    default boolean hold(VolumeSnapshots place, String name) throws Exception {
        return false;
    }

    /**
     * Lets something use a snapshot, so that it cannot be deleted: an image of a machine, a copy that is under way.
     *
     * @param place from {@link #snapshots}
     * @param name a snapshot that is there
     * @return whether something uses it
     * @throws Exception when it should have been possible and was not
     */
    default boolean use(VolumeSnapshots place, String name) throws Exception {
        return false;
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
