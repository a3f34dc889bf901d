package io.parix.backup.testkit.host;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.nio.ByteBuffer;
import java.time.Instant;

/** An image over a byte array, which is not copied: another live file leaves it as it is, changing the array makes it move. */
final class MemoryImage implements Image {
    private final String name;
    private final Instant cutNotBefore;
    private final byte[] bytes;

    MemoryImage(String name, Instant cutNotBefore, byte[] bytes) {
        this.name = name;
        this.cutNotBefore = cutNotBefore;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageKind kind() {
        return ImageKind.CLONE;
    }

    @Override
    public Instant cutNotBefore() {
        return cutNotBefore;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        if (position >= bytes.length) {
            return 0;
        }
        int count = (int) Math.min(target.remaining(), bytes.length - position);
        target.put(bytes, (int) position, count);
        return count;
    }
}
