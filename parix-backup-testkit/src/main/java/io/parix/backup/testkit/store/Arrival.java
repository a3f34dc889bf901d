package io.parix.backup.testkit.store;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The bytes of one write as they come in, block by block, checked against what was promised. */
final class Arrival {
    private static final int BLOCK = 64 << 10;

    private final ObjectKey key;
    private final ObjectContent content;
    private final CallContext call;
    private final InstantSource clock;
    private final Instant begun;

    /** Raises {@link ErrorKind#CANCELLED} where the call is over before it began. */
    Arrival(ObjectKey key, ObjectContent content, CallContext call, InstantSource clock) {
        requireTime(call, "writing " + key);
        this.key = key;
        this.content = content;
        this.call = call;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Raises where the caller has given up, or gave no time at all. */
    static void requireTime(CallContext call, String doing) {
        call.check(doing);
        if (call.timeout().isNegative() || call.timeout().isZero()) {
            throw late(doing);
        }
    }

    byte[] receive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = content.open()) {
            byte[] block = new byte[BLOCK];
            int n = in.readNBytes(block, 0, BLOCK);
            while (n > 0 && bytes.size() <= content.length()) {
                bytes.write(block, 0, n);
                requireMore();
                n = in.readNBytes(block, 0, BLOCK);
            }
        } catch (IOException e) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE, "Cannot write " + key + ": its content could not be read.", e);
        }
        return checked(bytes.toByteArray());
    }

    private void requireMore() {
        call.check("writing " + key);
        if (Duration.between(begun, clock.instant()).compareTo(call.timeout()) > 0) {
            throw late("writing " + key);
        }
    }

    private byte[] checked(byte[] bytes) {
        if (bytes.length != content.length() || !Checksums.of(bytes).equals(content.checksums())) {
            throw new ProviderException(
                    ErrorKind.CORRUPT,
                    "Cannot write " + key + ": the bytes that came are not those that were promised ("
                            + content.length() + " bytes, SHA-256 "
                            + content.checksums().sha256() + ").");
        }
        return bytes;
    }

    private static ProviderException late(String doing) {
        return new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": its time was up.");
    }
}
