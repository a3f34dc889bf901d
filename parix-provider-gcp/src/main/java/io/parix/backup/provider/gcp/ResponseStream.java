package io.parix.backup.provider.gcp;

import com.google.cloud.ReadChannel;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Exactly the bytes that were asked for, or an {@link IOException}. The last of them are given only when the answer has
 * ended where it should and, of a whole object, with the CRC-32C that Cloud Storage keeps. For one reader at a time.
 */
final class ResponseStream extends InputStream {
    private static final int FIRST = 8_192;

    private final ObjectKey key;
    private final @Nullable ByteRange range;
    private final ReadChannel channel;
    private final GcpCall call;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer first = ByteBuffer.allocate(FIRST);
    private Optional<Integer> kept = Optional.empty();
    private long length;
    private long position;
    private boolean ended;

    ResponseStream(ObjectKey key, @Nullable ByteRange range, ReadChannel channel, GcpCall call) {
        this.key = key;
        this.range = range;
        this.channel = channel;
        this.call = call;
    }

    /** {@return a channel that asks for a range only} */
    static ReadChannel limited(ReadChannel channel, ByteRange range) {
        try {
            channel.seek(range.offset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return channel.limit(range.end());
    }

    /** Makes the request, and looks at how its answer begins. */
    ResponseStream open() {
        int n;
        try {
            n = channel.read(first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        first.flip();
        requireSatisfied();
        length = lengthOf();
        if (n <= 0 && length > 0) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE, "Cannot read " + key + ": the answer ended before its first byte.");
        }
        return this;
    }

    /** To the client's channel this answer is an end. */
    private void requireSatisfied() {
        if (call.status() == GcsCode.RANGE.status()) {
            throw new ProviderException(
                    GcsCode.RANGE.kind(),
                    "Failed " + call.doing() + ": Cloud Storage answered " + GcsCode.RANGE.status() + " '"
                            + GcsCode.RANGE.reason() + "': it has not so many bytes.");
        }
    }

    private long lengthOf() {
        if (range != null) {
            requireAsked(range);
            return range.length();
        }
        kept = call.header("x-goog-hash").flatMap(ObjectChecksums::inHeader);
        return call.header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.UNAVAILABLE, "Cannot read " + key + ": Cloud Storage does not say how long it is."));
    }

    /** Cloud Storage gives what it has of a range, which hides a truncated object. */
    private void requireAsked(ByteRange asked) {
        String given = call.header("Content-Range").orElse("none");
        if (!given.startsWith("bytes " + asked.offset() + "-" + (asked.end() - 1) + "/")) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot read " + asked.offset() + "+" + asked.length() + " of " + key
                            + ": Cloud Storage has only the range " + given + " of it.");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        Objects.checkFromIndexSize(offset, most, target.length);
        if (most == 0) {
            return 0;
        }
        try {
            call.check();
            if (position == length) {
                requireEnd();
                return -1;
            }
            int n = take(ByteBuffer.wrap(target, offset, (int) Math.min(most, length - position)));
            if (n <= 0) {
                throw new EOFException(
                        "The answer for " + key + " ended after " + position + " of " + length + " bytes.");
            }
            crc.update(target, offset, n);
            position += n;
            if (position == length) {
                requireEnd();
            }
            return n;
        } catch (ProviderException e) {
            throw new IOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IOException("Reading " + key + " broke off after " + position + " bytes: " + e.getMessage(), e);
        }
    }

    private int take(ByteBuffer into) throws IOException {
        if (!first.hasRemaining()) {
            return channel.read(into);
        }
        int n = Math.min(into.remaining(), first.remaining());
        into.put(first.slice().limit(n));
        first.position(first.position() + n);
        return n;
    }

    /** At its end the client's channel gives nothing once, before it says so. */
    private void requireEnd() throws IOException {
        if (ended) {
            return;
        }
        if (first.hasRemaining() || (range == null && channel.read(ByteBuffer.allocate(1)) > 0)) {
            throw new IOException("The answer for " + key + " goes on after " + length + " bytes.");
        }
        if (kept.isPresent() && kept.get() != (int) crc.getValue()) {
            throw new IOException("What was read of " + key + " has not the CRC-32C that Cloud Storage keeps of it.");
        }
        ended = true;
    }

    /** Ends the connection where bytes are left, see {@link GcpAnswer}. */
    @Override
    public void close() {
        channel.close();
    }
}
