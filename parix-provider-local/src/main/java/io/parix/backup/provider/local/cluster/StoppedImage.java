package io.parix.backup.provider.local.cluster;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** The data file of a stopped replica, opened for reading only. */
final class StoppedImage implements Image, AutoCloseable {
    private final String name;
    private final FileChannel file;
    private final long length;
    private final Instant cutNotBefore;

    private StoppedImage(String name, FileChannel file, Instant cutNotBefore) throws IOException {
        this.name = name;
        this.file = file;
        this.length = file.size();
        this.cutNotBefore = cutNotBefore;
    }

    static StoppedImage open(Path path, String name, Instant cutNotBefore) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new StoppedImage(name, file, cutNotBefore);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageKind kind() {
        return ImageKind.STOPPED;
    }

    @Override
    public Instant cutNotBefore() {
        return cutNotBefore;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return Positioned.read(file, position, target);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
