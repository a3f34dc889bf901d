package io.parix.backup.archive.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file read by position, from several threads. */
public interface ChunkSource {
    /** {@return its length} */
    long length();

    /**
     * Fills all that remains of {@code target}.
     *
     * @param position 0 or more
     * @param target direct, filled to its limit
     * @return how many bytes were read; fewer only when the file ends early
     * @throws IOException when they cannot be read
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * Skips what is known to be zero.
     *
     * @param position 0 or more
     * @return the first position at or after it that is not known to be zero
     * @throws IOException when it cannot be told
     */
    default long nextData(long position) throws IOException {
        return position;
    }

    /**
     * Makes the exception for a read that failed.
     *
     * @param position where
     * @param cause what was caught
     * @return the exception, to be thrown
     */
    RuntimeException unreadable(long position, IOException cause);
}
