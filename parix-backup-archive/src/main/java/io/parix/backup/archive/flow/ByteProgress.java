package io.parix.backup.archive.flow;

/**
 * Hears how far work has come. Called only by the thread that called the door, so it may renew a lease there; what it
 * throws ends the work.
 */
@FunctionalInterface
public interface ByteProgress {
    /** Listens to nothing. */
    ByteProgress NONE = (done, expected) -> {};

    /**
     * Some more was done.
     *
     * @param done bytes done; never less than in the call before
     * @param expected bytes expected in all
     */
    void at(long done, long expected);
}
