package io.parix.backup.provider.aws;

import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Exactly the bytes that were asked for, or an {@link IOException}. The last of them are given only when the answer has
 * ended where it should and, of a whole object, with the SHA-256 that S3 keeps. For one reader at a time.
 */
final class ResponseStream extends InputStream {
    private final ObjectKey key;
    private final ResponseInputStream<GetObjectResponse> answer;
    private final AwsCall call;
    private final long length;
    private final Deadlines.Deadline deadline;
    private long position;
    private boolean ended;

    ResponseStream(ObjectKey key, ResponseInputStream<GetObjectResponse> answer, long length, AwsCall call) {
        this.key = key;
        this.answer = answer;
        this.length = length;
        this.call = call;
        this.deadline = call.atItsEnd(answer::abort);
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
            int n = answer.read(target, offset, (int) Math.min(most, length - position));
            if (n < 0) {
                throw new EOFException(
                        "The answer for " + key + " ended after " + position + " of " + length + " bytes.");
            }
            position += n;
            if (position == length) {
                requireEnd();
            }
            return n;
        } catch (ProviderException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            requireTime(e);
            throw e;
        } catch (RuntimeException e) {
            requireTime(e);
            throw new IOException("Reading " + key + " broke off after " + position + " bytes: " + e.getMessage(), e);
        }
    }

    /** What broke off because the call is over is told as that. */
    private void requireTime(Exception failure) throws IOException {
        try {
            call.check();
        } catch (ProviderException e) {
            e.addSuppressed(failure);
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Reading the end makes the SDK compare the checksum. */
    private void requireEnd() throws IOException {
        if (!ended && answer.read() >= 0) {
            throw new IOException("The answer for " + key + " goes on after " + length + " bytes.");
        }
        ended = true;
        deadline.lift();
    }

    /** Ends the connection where bytes are left: reading them only to use it again may take longer than another. */
    @Override
    public void close() throws IOException {
        deadline.lift();
        if (ended) {
            answer.close();
        } else {
            answer.abort();
        }
    }
}
