package io.parix.backup.archive.segment;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The first bytes of an array that is longer, as an object to be written. */
final class BufferContent implements ObjectContent {
    private final byte[] bytes;
    private final int length;
    private final Checksums checksums;

    BufferContent(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        this.checksums = Checksums.of(bytes, 0, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Checksums checksums() {
        return checksums;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes, 0, length);
    }
}
