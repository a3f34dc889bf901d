package io.parix.backup.testkit.contract;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Hands every call on to an image that is right. */
class WrongImage implements Image {
    private final Image right;

    WrongImage(Image right) {
        this.right = right;
    }

    @Override
    public String name() {
        return right.name();
    }

    @Override
    public ImageKind kind() {
        return right.kind();
    }

    @Override
    public Instant cutNotBefore() {
        return right.cutNotBefore();
    }

    @Override
    public long length() throws IOException {
        return right.length();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return right.read(position, target);
    }

    @Override
    public long nextData(long position) throws IOException {
        return right.nextData(position);
    }
}
