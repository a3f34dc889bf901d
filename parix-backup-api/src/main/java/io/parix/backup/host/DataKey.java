package io.parix.backup.host;

import io.parix.backup.InvalidRequestException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that one export is sealed under, and what is stored of it. Never printed, never stored, compared by identity. Immutable.
 *
 * <p>A data key is used for one export only: the archive derives from it and an object's name what the object is encrypted with.
 */
public final class DataKey {
    /** The length of a data key in bytes: what AES-256 takes. */
    public static final int LENGTH = 32;

    private final WrappedKey wrapped;
    private final SecretKey secret;

    private DataKey(WrappedKey wrapped, SecretKey secret) {
        this.wrapped = wrapped;
        this.secret = secret;
    }

    /**
     * A data key from a port.
     *
     * @param wrapped what is stored of it
     * @param secret exactly {@value #LENGTH} bytes; copied, so that the caller can wipe its own
     * @return the key
     */
    public static DataKey of(WrappedKey wrapped, byte[] secret) {
        if (secret.length != LENGTH) {
            throw InvalidRequestException.of(
                    "data key", "under " + wrapped.id(), "it has " + secret.length + " bytes and must have " + LENGTH);
        }
        return new DataKey(wrapped, new SecretKeySpec(secret, "AES"));
    }

    /** {@return what is stored of it} */
    public WrappedKey wrapped() {
        return wrapped;
    }

    /** {@return the secret itself} */
    public SecretKey secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "a data key under " + wrapped.id();
    }
}
