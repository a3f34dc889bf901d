package io.parix.backup.host;

import java.util.List;

/**
 * How the engine gets one image per replica.
 *
 * <p>Call order for one attempt: {@link #capture} until it answers {@link Capture.Ready}, reads, {@link #release}.
 * Each may be repeated, also after a crash and from another process. {@link #release} may come without a capture.
 *
 * <p>{@code docs/host-ports.md} numbers what a host must do, and {@code ReplicaImagesContract} of the testkit tests it.
 */
public interface ReplicaImages {
    /**
     * Asks for the images of all replicas. Idempotent: the same attempt gets the same images until it is released. New ones are asked for
     * under a new number; an attempt that was released is refused, or given images that can be read.
     *
     * @param attempt the try that the images belong to
     * @return the images, or that they are not there yet
     * @throws io.parix.backup.BackupException when they cannot be had; the attempt then fails
     */
    Capture capture(Attempt attempt);

    /**
     * Asks for the images of all replicas, of which some can be had from volumes that were made of snapshots
     * ({@link ReplicaVolume.ImageFrom#SNAPSHOT}): attach each one read-only and give the data file on it as the replica's image. The same
     * attempt is given the same volumes. {@link #release} must detach them, in this process too: a volume that is attached anywhere
     * cannot be deleted.
     *
     * @param attempt the try that the images belong to
     * @param volumes at least one, at most one per replica, in order of replica
     * @return as {@link #capture(Attempt)}, which this calls unless it is overridden
     * @throws io.parix.backup.BackupException when they cannot be had; the attempt then fails
     */
    default Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
        return capture(attempt);
    }

    /**
     * Ends the attempt's use of its images: what was held (a pause, an attached volume, a lock) is let go, readers are
     * closed. Repeating it, or releasing what was never captured, does nothing.
     *
     * <p>A process that slept through the end of its attempt may ask for images once more, and die before it lets go of them. A host that
     * cannot hold them for ever lets go by itself of what is older than the longest time a job may take.
     *
     * @param attempt the try that is over
     */
    void release(Attempt attempt);
}
