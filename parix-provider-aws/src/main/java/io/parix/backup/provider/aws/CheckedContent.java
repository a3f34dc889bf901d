package io.parix.backup.provider.aws;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Content on its way out. The last byte is held back until length and CRC-32C have proved right, so content that is not what
 * was promised is a request that breaks off, of which nothing is stored. For one request.
 */
final class CheckedContent implements ContentStreamProvider, AutoCloseable {
    private final ObjectKey key;
    private final ObjectContent content;
    private final AwsCall call;
    private @Nullable InputStream source;
    private @Nullable ProviderException failure;
    private volatile boolean handedOver;

    CheckedContent(ObjectKey key, ObjectContent content, AwsCall call) {
        this.key = key;
        this.content = content;
        this.call = call;
    }

    long length() {
        return content.length();
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

    /** Checks content of no bytes, of which there is no last one to hold back. */
    void requireNothingOfEmpty() {
        if (content.length() > 0) {
            return;
        }
        try (InputStream in = content.open()) {
            if (in.read() >= 0 || content.checksums().crc32c() != 0) {
                throw corrupt("more bytes, or another CRC-32C");
            }
        } catch (ProviderException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    @Override
    public InputStream newStream() {
        close();
        try {
            InputStream opened = content.open();
            source = opened;
            return new Checked(opened);
        } catch (ProviderException e) {
            throw kept(e);
        } catch (IOException | RuntimeException e) {
            throw kept(unreadable(e));
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

    /** The bytes, the last one held back until all are right. */
    private final class Checked extends InputStream {
        private final InputStream in;
        private final CRC32C crc = new CRC32C();
        private long left = content.length();

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0 || left == 0) {
                return length == 0 ? 0 : -1;
            }
            try {
                call.check();
                int n = left > 1 ? before(target, offset, length) : last(target, offset);
                left -= n;
                return n;
            } catch (ProviderException e) {
                throw new IOException(kept(e));
            } catch (IOException e) {
                kept(unreadable(e));
                throw e;
            } catch (RuntimeException e) {
                throw new IOException(kept(unreadable(e)));
            }
        }

        private int before(byte[] target, int offset, int length) throws IOException {
            int n = in.read(target, offset, (int) Math.min(length, left - 1));
            if (n < 0) {
                throw corrupt("fewer bytes");
            }
            crc.update(target, offset, n);
            return n;
        }

        private int last(byte[] target, int offset) throws IOException {
            int last = in.read();
            if (last < 0) {
                throw corrupt("fewer bytes");
            }
            crc.update(last);
            if (in.read() >= 0) {
                throw corrupt("more bytes");
            }
            if ((int) crc.getValue() != content.checksums().crc32c()) {
                throw corrupt("another CRC-32C");
            }
            handedOver = true;
            target[offset] = (byte) last;
            return 1;
        }
    }
}
