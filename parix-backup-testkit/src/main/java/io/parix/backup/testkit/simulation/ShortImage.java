package io.parix.backup.testkit.simulation;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Only the first half of an image, as of a copy that was not made whole. */
record ShortImage(Image whole) implements Image {
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
        return whole.length() / 2;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int most = (int) Math.max(0, Math.min(target.remaining(), length() - position));
        ByteBuffer part = target.slice(target.position(), most);
        int count = whole.read(position, part);
        target.position(target.position() + count);
        return count;
    }
}
