package io.parix.backup.provider.local;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Exactly the bytes of a span, or an {@link IOException}. For one reader at a time. */
final class RangeStream extends InputStream {
    /** The JDK keeps a direct buffer of the largest read per thread, so reads are kept small. */
    private static final int MOST = 256 << 10;

    private final FileChannel file;
    private final ObjectKey key;
    private final CallContext call;
    private final long end;
    private long position;

    RangeStream(FileChannel file, ObjectKey key, ByteRange range, CallContext call) {
        this.file = file;
        this.key = key;
        this.call = call;
        this.position = range.offset();
        this.end = range.end();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0 || position == end) {
            return length == 0 ? 0 : -1;
        }
        if (call.cancelled().getAsBoolean()) {
            throw new IOException("Stopped reading " + key + ": job " + call.job() + " was told to stop.");
        }
        int most = (int) Math.min(Math.min(length, MOST), end - position);
        int n = file.read(ByteBuffer.wrap(target, offset, most), position);
        if (n < 0) {
            throw new EOFException(
                    "Object " + key + " ends at " + position + ", but it reached to " + end + " when it was opened.");
        }
        position += n;
        return n;
    }

    @Override
    public int available() {
        return (int) Math.min(end - position, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
