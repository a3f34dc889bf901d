package io.parix.backup.engine.doctor;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes of which something else is promised than they are. */
final class Claimed implements ObjectContent {
    private final byte[] bytes;
    private final long length;
    private final Checksums checksums;

    Claimed(byte[] bytes, long length, Checksums checksums) {
        this.bytes = bytes;
        this.length = length;
        this.checksums = checksums;
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
        return new ByteArrayInputStream(bytes);
    }
}
