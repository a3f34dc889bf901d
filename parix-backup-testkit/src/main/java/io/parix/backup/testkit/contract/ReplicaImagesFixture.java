package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.SnapshotVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the author of replica images gives the suite: images of two small databases, a look at their files, and ways to see more or to bring
 * trouble about where there are any.
 *
 * <p>The suite never looks into a data file, so any bytes do; 100 KiB each are plenty. A hook that answers nothing makes its tests show as
 * skipped.
 */
public interface ReplicaImagesFixture extends HostFixture {
    /**
     * Makes a host that has {@link #database()} and {@link #neighbour()}, the same number of replicas each, every replica with a data file of
     * its own bytes.
     *
     * @return the images of a host with databases of its own for each call
     * @throws Exception when they cannot be made
     */
    ReplicaImages images() throws Exception;

    /**
     * Reads the live data files of a database, past the host.
     *
     * @param images from one of the methods here
     * @param database one of the two
     * @return what the files hold, by index
     * @throws Exception when they cannot be read
     */
    List<byte[]> live(ReplicaImages images, DatabaseId database) throws Exception;

    /** {@return the time on the clock that images are dated by} */
    Instant now();

    /**
     * Moves that clock on, where it does not run by itself.
     *
     * @param time how far
     * @throws Exception when it cannot be moved
     */
    default void elapse(Duration time) throws Exception {}

    /**
     * Opens the host once more, as another process does.
     *
     * @param images from {@link #images}
     * @return another way to the images of the same databases, where there is one
     * @throws Exception when it cannot be opened
     */
    default Optional<ReplicaImages> again(ReplicaImages images) throws Exception {
        return Optional.empty();
    }

    /**
     * Has the replicas of a database write, as they do while they serve.
     *
     * @param images from {@link #images}
     * @param database one of the two
     * @param files what the live files hold from now on, by index
     * @return whether it was done; not where the host keeps the replicas stopped for as long as it holds images of them
     * @throws Exception when it should have been possible and was not
     */
    default boolean write(ReplicaImages images, DatabaseId database, List<byte[]> files) throws Exception {
        return false;
    }

    /**
     * Tells whether the replicas of a database run.
     *
     * @param images from one of the methods here
     * @param database one of the two
     * @return whether any does, where that can be told
     * @throws Exception when it should have been possible and was not
     */
    default Optional<Boolean> running(ReplicaImages images, DatabaseId database) throws Exception {
        return Optional.empty();
    }

    /**
     * Counts what is held for attempts: open files, clones, pauses, attached volumes.
     *
     * @param images from one of the methods here
     * @return how many there are, where that can be told
     * @throws Exception when it should have been possible and was not
     */
    default Optional<Integer> held(ReplicaImages images) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host whose images take time: the first capture answers that they are not there yet at least once.
     *
     * @return such images, else like those of {@link #images}, where they can be had
     * @throws Exception when they cannot be made
     */
    default Optional<ReplicaImages> slowImages() throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a host that cannot have an image of one replica of {@link #database()}: its file is gone, or its volume does not answer.
     *
     * @return such images, else like those of {@link #images}, where they can be had
     * @throws Exception when they cannot be made
     */
    default Optional<ReplicaImages> lostImages() throws Exception {
        return Optional.empty();
    }

    /**
     * Says which port names the volumes of the two databases.
     *
     * @param images from {@link #images}
     * @return the port; the images themselves where they are one
     */
    default Optional<ReplicaVolumes> volumes(ReplicaImages images) {
        return images instanceof ReplicaVolumes volumes ? Optional.of(volumes) : Optional.empty();
    }

    /**
     * Makes volumes of snapshots of replicas of {@link #database()}, as the engine does, with the live files as they are now. For hosts that take
     * images from snapshots.
     *
     * @param images from {@link #images}
     * @return volumes of other ids at each call, at most one per replica, in order of replica; empty where the host takes no image from one
     * @throws Exception when they cannot be made
     */
    default List<SnapshotVolume> snapshots(ReplicaImages images) throws Exception {
        return List.of();
    }

    /**
     * Lists the volumes made of snapshots that are attached.
     *
     * @param images from {@link #images}
     * @return their ids, where that can be told
     * @throws Exception when it should have been possible and was not
     */
    default Optional<List<String>> attached(ReplicaImages images) throws Exception {
        return Optional.empty();
    }
}
