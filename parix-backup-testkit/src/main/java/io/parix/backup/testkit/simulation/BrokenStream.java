package io.parix.backup.testkit.simulation;

import java.io.IOException;
import java.io.InputStream;

/** What is left of a connection that was reset. */
final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
        throw new IOException("The connection was reset.");
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        return read();
    }
}
