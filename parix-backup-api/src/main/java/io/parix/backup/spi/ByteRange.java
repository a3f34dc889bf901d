package io.parix.backup.spi;

import io.parix.backup.InvalidRequestException;

/**
 * A span of an object.
 *
 * @param offset the first byte, 0 or more
 * @param length how many, 1 or more
 */
public record ByteRange(long offset, long length) {
    /** Refuses empty, negative and overflowing spans. */
    public ByteRange {
        if (offset < 0 || length < 1 || offset + length < 0) {
            throw InvalidRequestException.of(
                    "byte range", offset + "+" + length, "it must begin at 0 or later and not be empty");
        }
    }

    /** {@return the first position after the span} */
    public long end() {
        return offset + length;
    }
}
