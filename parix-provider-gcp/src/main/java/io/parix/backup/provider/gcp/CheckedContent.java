package io.parix.backup.provider.gcp;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way out. The last byte is held back until length, CRC-32C and SHA-256 have proved right, so content that is not
 * what was promised is a request that breaks off, of which nothing is stored. For one request.
 */
final class CheckedContent extends InputStream {
    private final ObjectKey key;
    private final ObjectContent content;
    private final GcpCall call;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest sha = Checksums.newSha256();
    private @Nullable InputStream source;
    private @Nullable ProviderException failure;
    private long left;
    private boolean handedOver;

    CheckedContent(ObjectKey key, ObjectContent content, GcpCall call) {
        this.key = key;
        this.content = content;
        this.call = call;
        this.left = content.length();
    }

    /** {@return why the content could not be sent, or null} */
    @Nullable
    ProviderException failure() {
        return failure;
    }

    /** {@return whether the client has had every byte, so that an object may have come of it} */
    boolean handedOver() {
        return handedOver || content.length() == 0;
    }

    /** Opens the content; checks that of no bytes, of which there is no last one to hold back. */
    void open() {
        try {
            InputStream opened = content.open();
            source = opened;
            if (left == 0) {
                requireEnd(opened);
            }
        } catch (ProviderException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        InputStream in = source;
        if (length == 0 || left == 0 || in == null) {
            return length == 0 ? 0 : -1;
        }
        try {
            call.check();
            int n = left > 1 ? before(in, target, offset, length) : last(in, target, offset);
            left -= n;
            return n;
        } catch (ProviderException e) {
            throw new IOException(kept(e));
        } catch (IOException | RuntimeException e) {
            kept(unreadable(e));
            throw e;
        }
    }

    private int before(InputStream in, byte[] target, int offset, int length) throws IOException {
        int n = in.read(target, offset, (int) Math.min(length, left - 1));
        if (n < 0) {
            throw corrupt("fewer bytes");
        }
        take(target, offset, n);
        return n;
    }

    private int last(InputStream in, byte[] target, int offset) throws IOException {
        int last = in.read();
        if (last < 0) {
            throw corrupt("fewer bytes");
        }
        target[offset] = (byte) last;
        take(target, offset, 1);
        requireEnd(in);
        handedOver = true;
        return 1;
    }

    private void take(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
        sha.update(bytes, offset, length);
    }

    private void requireEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw corrupt("more bytes");
        }
        if ((int) crc.getValue() != content.checksums().crc32c()) {
            throw corrupt("another CRC-32C");
        }
        if (!content.checksums().sha256Is(sha.digest())) {
            throw corrupt("another SHA-256");
        }
    }

    @Override
    public void close() {
        InputStream open = source;
        source = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // What had to be read of it has been.
            }
        }
    }

    private ProviderException kept(ProviderException e) {
        failure = e;
        return e;
    }

    private ProviderException unreadable(Exception e) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE, "Cannot write " + key + ": its bytes could not be read: " + e + ".", e);
    }

    private ProviderException corrupt(String fact) {
        return new ProviderException(
                ErrorKind.CORRUPT,
                "Cannot write " + key + ": the bytes that came are not those that were promised (" + content.length()
                        + " bytes, SHA-256 " + content.checksums().sha256() + "), but have " + fact + ".");
    }
}
