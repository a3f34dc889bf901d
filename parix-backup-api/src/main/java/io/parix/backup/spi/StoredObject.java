package io.parix.backup.spi;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as the place describes it.
 *
 * @param key its key
 * @param length its length in bytes
 * @param createdAt when it became visible, on the place's clock
 * @param checksums what the place itself knows of its bytes; null where it keeps none, or not in this answer
 */
public record StoredObject(
        ObjectKey key,
        long length,
        Instant createdAt,
        @Nullable Checksums checksums) {
    /** {@return what the place itself knows of the bytes} */
    public Optional<Checksums> knownChecksums() {
        return Optional.ofNullable(checksums);
    }
}
