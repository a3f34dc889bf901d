package io.parix.backup.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A readable, unmoving view of one replica's data file.
 *
 * <p>Safe for parallel reads. Which replica it is, is read from the file's superblock; {@link #name()} only serves
 * messages. Valid until {@link ReplicaImages#release}.
 */
public interface Image {
    /** {@return what a person calls this image, for example the file's name; used in findings} */
    String name();

    /** {@return what kind of view this is} */
    ImageKind kind();

    /** {@return an instant that is not after the image was cut: everything acknowledged before it is in the image} */
    Instant cutNotBefore();

    /**
     * The length of the file.
     *
     * @return bytes, the same at each call
     * @throws IOException when it cannot be told
     */
    long length() throws IOException;

    /**
     * Reads at a position until {@code target} is full or the file ends.
     *
     * @param position 0 or more
     * @param target filled from its position to its limit; direct buffers are read fastest
     * @return how many bytes were read; fewer than remained only at the end of the file; 0 at or past it
     * @throws IOException when the bytes cannot be read
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * Skips what is known to be zero without being read, as holes of a sparse file are.
     *
     * @param position 0 or more
     * @return the first position at or after {@code position} whose byte is not known to be zero, or {@link #length()}
     * @throws IOException when it cannot be told
     */
    default long nextData(long position) throws IOException {
        return Math.min(position, length());
    }
}
