package io.parix.backup.host;

/**
 * How the engine gets one image per replica.
 *
 * <p>Call order for one attempt: {@link #capture} until it answers {@link Capture.Ready}, reads, {@link #release}.
 * Each may be repeated, also after a crash and from another process. {@link #release} may come without a capture.
 */
public interface ReplicaImages {
    /**
     * Asks for the images of all replicas. Idempotent: the same attempt gets the same images, and an attempt that was
     * released gets new ones only under a new number.
     *
     * @param attempt the try that the images belong to
     * @return the images, or that they are not there yet
     * @throws io.parix.backup.BackupException when they cannot be had; the attempt then fails
     */
    Capture capture(Attempt attempt);

    /**
     * Ends the attempt's use of its images: what was held (a pause, an attached volume, a lock) is let go, readers are
     * closed. Repeating it, or releasing what was never captured, does nothing.
     *
     * @param attempt the try that is over
     */
    void release(Attempt attempt);
}
