package io.parix.backup.testkit.fault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose place fails midway. */
final class BrokenStream extends FilterInputStream {
    private int left;

    BrokenStream(InputStream in, int after) {
        super(in);
        this.left = after;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            throw new IOException("The store failed while it was being read.");
        }
        int n = in.read(target, offset, Math.min(length, left));
        left -= Math.max(n, 0);
        return n;
    }

    @Override
    public long skip(long n) {
        return 0;
    }
}
