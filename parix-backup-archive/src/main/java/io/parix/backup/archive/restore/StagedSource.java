package io.parix.backup.archive.restore;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.ChunkSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** A staged file of known length, with its failures as typed errors. */
final class StagedSource implements ChunkSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final Target target;
    private final long length;
    private boolean blank;

    StagedSource(Target target, long length) {
        this.target = target;
        this.length = length;
    }

    /** Something done to the file. */
    @FunctionalInterface
    interface Act {
        void run() throws IOException;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer buffer) throws IOException {
        return target.file().read(position, buffer);
    }

    @Override
    public FailedException unreadable(long position, IOException cause) {
        return failed("read at byte " + position, cause);
    }

    void write(long position, ByteBuffer bytes) {
        // File systems take one write to a file at a time, and threads that wait for it in the kernel burn the
        // processor.
        lock.lock();
        try {
            act("write at byte " + position, () -> target.file().write(position, bytes));
        } finally {
            lock.unlock();
        }
    }

    void force() {
        act("force to disk", () -> target.file().force());
    }

    /** Gives the file its length; what it held beyond is cut, what is new reads zero. Returns whether it held anything. */
    boolean prepare() {
        act("set the length of", () -> {
            blank = target.file().length() == 0;
            if (target.file().length() != length) {
                target.file().setLength(length);
            }
        });
        return !blank;
    }

    /** Whether it held nothing before this restore, so that what is not written reads zero. */
    boolean blank() {
        return blank;
    }

    private void act(String verb, Act act) {
        try {
            act.run();
        } catch (IOException e) {
            throw failed(verb, e);
        }
    }

    private FailedException failed(String verb, IOException cause) {
        return new FailedException(
                ErrorCode.STAGING_FAILED,
                "Cannot " + verb + " the staged file of replica " + target.replica() + ": " + cause.getMessage()
                        + ". Make room in the staging place and repeat; what is staged is kept.",
                cause);
    }
}
