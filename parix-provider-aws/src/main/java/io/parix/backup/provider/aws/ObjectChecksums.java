package io.parix.backup.provider.aws;

import io.parix.backup.spi.Checksums;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our two checksums as S3 has them. It verifies, keeps and tells one for each object, the SHA-256; the CRC-32C, which the
 * writer has checked, lies beside it as metadata.
 */
final class ObjectChecksums {
    /** The name in the metadata. */
    static final String CRC32C = "parix-crc32c";

    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final int SHA_BYTES = 32;

    private ObjectChecksums() {}

    static String sha256(Checksums checksums) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksums.sha256()));
    }

    static String crc32c(Checksums checksums) {
        return HexFormat.of().toHexDigits(checksums.crc32c());
    }

    /**
     * Reads a description.
     *
     * @param sha256 what S3 computed of the whole object, or null
     * @param metadata the object's
     * @return both, or null where one is not known
     */
    static @Nullable Checksums of(@Nullable String sha256, Map<String, String> metadata) {
        String crc = metadata.getOrDefault(CRC32C, "");
        if (sha256 == null || !CRC.matcher(crc).matches()) {
            return null;
        }
        byte[] digest;
        try {
            digest = Base64.getDecoder().decode(sha256);
        } catch (IllegalArgumentException e) {
            // Of parts, "<digest>-<parts>": not of the bytes.
            return null;
        }
        return digest.length == SHA_BYTES
                ? new Checksums(HexFormat.fromHexDigits(crc), HexFormat.of().formatHex(digest))
                : null;
    }
}
