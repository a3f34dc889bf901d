package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** An image that cannot be read from an offset on. */
record FailingImage(Image whole, long from) implements Image {
    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public ImageKind kind() {
        return whole.kind();
    }

    @Override
    public Instant cutNotBefore() {
        return whole.cutNotBefore();
    }

    @Override
    public long length() throws IOException {
        return whole.length();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position + target.remaining() > from) {
            throw new IOException("input/output error");
        }
        return whole.read(position, target);
    }
}
