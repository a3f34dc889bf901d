package io.parix.backup.testkit.simulation;

import io.parix.backup.host.StagedFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file that an audit restores into. */
final class MemoryFile implements StagedFile {
    private byte[] bytes = new byte[0];

    byte[] bytes() {
        return bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void setLength(long length) {
        bytes = Arrays.copyOf(bytes, Math.toIntExact(length));
    }

    @Override
    public void write(long position, ByteBuffer source) {
        source.get(bytes, Math.toIntExact(position), source.remaining());
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

    @Override
    public void force() {}

    @Override
    public void close() {}
}
