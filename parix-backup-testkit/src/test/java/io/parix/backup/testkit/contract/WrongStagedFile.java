package io.parix.backup.testkit.contract;

import io.parix.backup.host.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands every call on to a staged file that is right. */
class WrongStagedFile implements StagedFile {
    private final StagedFile right;

    WrongStagedFile(StagedFile right) {
        this.right = right;
    }

    @Override
    public long length() throws IOException {
        return right.length();
    }

    @Override
    public void setLength(long bytes) throws IOException {
        right.setLength(bytes);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        right.write(position, source);
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return right.read(position, target);
    }

    @Override
    public void force() throws IOException {
        right.force();
    }

    @Override
    public void close() throws IOException {
        right.close();
    }
}
