package io.parix.backup.spi;

import io.parix.backup.InvalidRequestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The two checksums that travel with every object.
 *
 * @param crc32c the CRC-32C, as an unsigned 32-bit number
 * @param sha256 the SHA-256 in lower-case hexadecimal, 64 characters
 */
public record Checksums(int crc32c, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses what is not a SHA-256 in hexadecimal. */
    public Checksums {
        if (!SHA256.matcher(sha256).matches()) {
            throw InvalidRequestException.of(
                    "SHA-256", "of " + sha256.length() + " characters", "it must be 64 of 0-9a-f");
        }
    }

    /**
     * Computes both.
     *
     * @param bytes all bytes of an object
     * @return their checksums
     */
    public static Checksums of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * Computes both over a part of an array.
     *
     * @param bytes the array
     * @param offset where to begin
     * @param length how many bytes
     * @return their checksums
     */
    public static Checksums of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        MessageDigest sha = newSha256();
        sha.update(bytes, offset, length);
        return of(crc, sha);
    }

    /**
     * Takes the results of a running computation, resetting {@code sha}.
     *
     * @param crc has seen all bytes
     * @param sha has seen all bytes
     * @return their checksums
     */
    public static Checksums of(CRC32C crc, MessageDigest sha) {
        return new Checksums((int) crc.getValue(), HexFormat.of().formatHex(sha.digest()));
    }

    /** {@return a fresh SHA-256, which every Java platform has} */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256, which every one must have.", e);
        }
    }

    /**
     * Compares the SHA-256.
     *
     * @param digest 32 bytes
     * @return whether they are this SHA-256
     */
    public boolean sha256Is(byte[] digest) {
        return Arrays.equals(HexFormat.of().parseHex(sha256), digest);
    }
}
