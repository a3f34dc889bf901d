package io.parix.backup.host;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One replica's data file being staged beside the live one. Opened by the host, written and read back by the engine.
 *
 * <p>Safe for parallel writes to spans that do not overlap. Bytes never written read as zero. Closing keeps the file.
 */
public interface StagedFile extends AutoCloseable {
    /** {@return the length now; 0 for a file that is new} */
    long length() throws IOException;

    /**
     * Sets the length: a longer file reads zero in its new part, a shorter one is cut.
     *
     * @param bytes 0 or more
     * @throws IOException when there is no room, or the file cannot be written
     */
    void setLength(long bytes) throws IOException;

    /**
     * Writes all that remains in {@code source}.
     *
     * @param position 0 or more
     * @param source what to write
     * @throws IOException when there is no room, or the file cannot be written
     */
    void write(long position, ByteBuffer source) throws IOException;

    /**
     * Reads until {@code target} is full or the file ends.
     *
     * @param position 0 or more
     * @param target filled from its position to its limit
     * @return how many bytes were read
     * @throws IOException when the bytes cannot be read
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * Returns when everything written, and the length, has reached the disk.
     *
     * @throws IOException when that cannot be assured
     */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
