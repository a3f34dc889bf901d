package io.parix.backup.archive.segment;

import io.parix.backup.spi.Checksums;

/**
 * An object of the archive as another object names it.
 *
 * @param name its key below the database's folder
 * @param length its length in bytes, more than 0
 * @param checksums of all its bytes
 */
public record ObjectRef(String name, long length, Checksums checksums) {
    /** Refuses a length that no object of the archive has. */
    public ObjectRef {
        if (length <= 0) {
            throw new IllegalArgumentException("An object of the archive has more than " + length + " bytes");
        }
    }
}
