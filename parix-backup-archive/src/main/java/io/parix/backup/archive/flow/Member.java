package io.parix.backup.archive.flow;

/** One pair of hands of a {@link Crew}, with buffers of its own. Used by one thread only. */
public interface Member extends AutoCloseable {
    /**
     * Does one unit of work, or waits a moment for one.
     *
     * @return whether there may be more
     */
    boolean step();

    @Override
    default void close() {}
}
