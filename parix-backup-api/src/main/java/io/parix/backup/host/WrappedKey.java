package io.parix.backup.host;

import io.parix.backup.InvalidRequestException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A data key as it may lie in the open: encrypted under a key that only the {@link KeyPort} has. No secret.
 *
 * @param id names the key that wrapped it, for people and for the port; 1 to 256 printable ASCII characters
 * @param wrapped what the port made of the data key, in Base64 with padding; 1 to 1,024 bytes
 */
public record WrappedKey(String id, String wrapped) {
    /** The most bytes that a wrapped data key has. */
    public static final int MAX_LENGTH = 1_024;

    private static final Pattern ID = Pattern.compile("[!-~](?:[ -~]{0,254}[!-~])?");
    private static final int MAX_TEXT = (MAX_LENGTH + 2) / 3 * 4;

    /** Refuses an id that is empty, long or not printable, and what is no Base64 of few bytes. */
    public WrappedKey {
        if (!ID.matcher(id).matches()) {
            throw InvalidRequestException.of(
                    "key id", id, "it must have 1 to 256 printable ASCII characters, no space at either end");
        }
        int length = wrapped.length() > MAX_TEXT ? MAX_LENGTH + 1 : decoded(id, wrapped).length;
        if (length == 0 || length > MAX_LENGTH) {
            throw InvalidRequestException.of(
                    "data key", "under " + id, "wrapped it must have 1 to " + MAX_LENGTH + " bytes");
        }
    }

    /**
     * What a port made of a data key.
     *
     * @param id names the key that wrapped it
     * @param bytes the wrapped data key
     * @return the same as a value
     */
    public static WrappedKey of(String id, byte[] bytes) {
        return new WrappedKey(id, Base64.getEncoder().encodeToString(bytes));
    }

    /** {@return what the port made of the data key, a copy} */
    public byte[] bytes() {
        return decoded(id, wrapped);
    }

    /** Only as it is encoded here: equal bytes are equal texts. */
    private static byte[] decoded(String id, String wrapped) {
        try {
            byte[] bytes = Base64.getDecoder().decode(wrapped);
            if (Base64.getEncoder().encodeToString(bytes).equals(wrapped)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as what is Base64 of another kind.
        }
        throw InvalidRequestException.of("data key", "under " + id, "wrapped it must be Base64, padded");
    }
}
