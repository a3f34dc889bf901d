package io.parix.backup.engine.restore;

import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import io.parix.backup.host.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A staged file read as an image. */
record StagedImage(ArchivedReplica replica, StagedFile file) implements Image {
    @Override
    public String name() {
        return "staged replica " + replica.facts().index();
    }

    @Override
    public ImageKind kind() {
        return ImageKind.STOPPED;
    }

    @Override
    public Instant cutNotBefore() {
        return replica.cutNotBefore();
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return file.read(position, target);
    }
}
