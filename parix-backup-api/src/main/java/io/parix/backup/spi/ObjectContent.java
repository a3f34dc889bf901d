package io.parix.backup.spi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object to be written, their length and checksums known before.
 *
 * <p>{@link #open} may be called again, each time giving the same bytes, so that one write can be repeated.
 */
public interface ObjectContent {
    /** {@return how many bytes, 0 or more} */
    long length();

    /** {@return their checksums} */
    Checksums checksums();

    /**
     * Opens the bytes from the beginning.
     *
     * @return a stream of exactly {@link #length()} bytes
     * @throws IOException when they cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Bytes in memory.
     *
     * @param bytes all of them; not copied, and not to be changed any more
     * @return the content
     */
    static ObjectContent of(byte[] bytes) {
        Checksums checksums = Checksums.of(bytes);
        return new ObjectContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public Checksums checksums() {
                return checksums;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
