package io.parix.backup.testkit.simulation;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** An image of a file that a replica writes to: it is another one once it was looked at (spec C7). */
final class MovingImage implements Image {
    /** In the first copy of the superblock, behind its checksum. */
    private static final long WRITTEN = 64;

    /** How often it is as it was: when it is looked at, and when its fingerprint is taken. */
    private static final int LOOKS = 2;

    private final Image still;
    private final AtomicInteger reads = new AtomicInteger();

    MovingImage(Image still) {
        this.still = still;
    }

    @Override
    public String name() {
        return still.name();
    }

    @Override
    public ImageKind kind() {
        return still.kind();
    }

    @Override
    public Instant cutNotBefore() {
        return still.cutNotBefore();
    }

    @Override
    public long length() throws IOException {
        return still.length();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int start = target.position();
        int count = still.read(position, target);
        boolean met = position <= WRITTEN && position + count > WRITTEN;
        if (met && reads.incrementAndGet() > LOOKS) {
            int at = start + (int) (WRITTEN - position);
            target.put(at, (byte) (target.get(at) + 1));
        }
        return count;
    }
}
