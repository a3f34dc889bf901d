package io.parix.backup.testkit.host;

import io.parix.backup.host.StagedFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A staged file in memory. Keeps its bytes when closed. */
final class MemoryStagedFile implements StagedFile {
    private byte[] bytes = new byte[0];

    @Override
    public synchronized long length() {
        return bytes.length;
    }

    @Override
    public synchronized void setLength(long length) {
        bytes = Arrays.copyOf(bytes, Math.toIntExact(length));
    }

    @Override
    public synchronized void write(long position, ByteBuffer source) {
        long end = position + source.remaining();
        if (end > bytes.length) {
            setLength(end);
        }
        source.get(bytes, (int) position, source.remaining());
    }

    @Override
    public synchronized int read(long position, ByteBuffer target) {
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

    synchronized byte[] bytes() {
        return bytes.clone();
    }
}
