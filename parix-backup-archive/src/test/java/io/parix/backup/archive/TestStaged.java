package io.parix.backup.archive;

import io.parix.backup.host.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A staged file in memory that can be full, and that can keep other bytes than it was given. */
public final class TestStaged implements StagedFile {
    private byte[] bytes = new byte[0];
    private long room = Long.MAX_VALUE;
    private long spoiled = -1;
    private boolean forced;
    private long written;

    public TestStaged() {}

    public TestStaged(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public synchronized TestStaged leaveRoom(long count) {
        room = count;
        return this;
    }

    /** Keeps another byte at a position than it is given. */
    public synchronized TestStaged spoil(long position) {
        spoiled = position;
        return this;
    }

    public synchronized byte[] bytes() {
        return bytes.clone();
    }

    public synchronized boolean forced() {
        return forced;
    }

    public synchronized long written() {
        return written;
    }

    @Override
    public synchronized long length() {
        return bytes.length;
    }

    @Override
    public synchronized void setLength(long length) {
        bytes = Arrays.copyOf(bytes, (int) length);
    }

    @Override
    public synchronized void write(long position, ByteBuffer source) throws IOException {
        if (source.remaining() > room) {
            throw new IOException("No space left on device");
        }
        room -= source.remaining();
        int n = source.remaining();
        source.get(bytes, (int) position, n);
        if (spoiled >= position && spoiled < position + n) {
            bytes[(int) spoiled] ^= 1;
        }
        forced = false;
        written += n;
    }

    @Override
    public synchronized int read(long position, ByteBuffer target) {
        int n = (int) Math.max(0, Math.min(target.remaining(), bytes.length - position));
        target.put(bytes, (int) position, n);
        return n;
    }

    @Override
    public synchronized void force() {
        forced = true;
    }

    @Override
    public void close() {}
}
