package io.parix.backup.provider.local.cluster;

import io.parix.backup.host.StagedFile;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file being staged; sparse where nothing is written. */
final class StagedReplica implements StagedFile {
    /** Looks whether its worker may still write. */
    @FunctionalInterface
    interface Guard {
        void check() throws IOException;
    }

    private final Path path;
    private final Disk disk;
    private final Guard guard;
    private final RandomAccessFile file;
    private final FileChannel channel;
    private final DirectChannel direct;

    StagedReplica(Path path, Disk disk, Guard guard) throws IOException {
        this.path = path;
        this.disk = disk;
        this.guard = guard;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.channel = file.getChannel();
        this.direct = DirectChannel.open(path);
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void setLength(long bytes) throws IOException {
        guard.check();
        file.setLength(bytes);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        guard.check();
        Positioned.write(direct.orElse(channel, position, source), position, source);
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return Positioned.read(direct.orElse(channel, position, target), position, target);
    }

    @Override
    public void force() throws IOException {
        disk.force(channel, path);
        disk.forceDirectory(Area.parent(path));
    }

    @Override
    public void close() throws IOException {
        direct.close();
        file.close();
    }
}
