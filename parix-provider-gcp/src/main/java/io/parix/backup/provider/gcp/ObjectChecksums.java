package io.parix.backup.provider.gcp;

import io.parix.backup.spi.Checksums;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our two checksums as Cloud Storage has them. It verifies, keeps and tells the CRC-32C, in base 64 of its four bytes, the
 * highest first ("Data validation and change detection"); the SHA-256, which the writer has checked, lies beside it as metadata.
 */
final class ObjectChecksums {
    /** The name in the metadata. */
    static final String SHA256 = "parix-sha256";

    private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
    private static final String CRC_IN_HEADER = "crc32c=";

    private ObjectChecksums() {}

    static String crc32c(Checksums checksums) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(checksums.crc32c())
                        .array());
    }

    /** {@return a CRC-32C; empty where the text is none} */
    static Optional<Integer> crc32c(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return bytes.length == Integer.BYTES
                ? Optional.of(ByteBuffer.wrap(bytes).getInt())
                : Optional.empty();
    }

    /** {@return the CRC-32C in {@code x-goog-hash}, which names several checksums} */
    static Optional<Integer> inHeader(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .filter(each -> each.startsWith(CRC_IN_HEADER))
                .findFirst()
                .flatMap(each -> crc32c(each.substring(CRC_IN_HEADER.length())));
    }

    /**
     * Reads a description.
     *
     * @param crc32c what Cloud Storage computed of the whole object, or null
     * @param metadata the object's, or null
     * @return both, or null where one is not known
     */
    static @Nullable Checksums of(@Nullable String crc32c, @Nullable Map<String, String> metadata) {
        String sha = metadata == null ? "" : metadata.getOrDefault(SHA256, "");
        return crc32c(crc32c)
                .filter(crc -> SHA.matcher(sha).matches())
                .map(crc -> new Checksums(crc, sha))
                .orElse(null);
    }
}
