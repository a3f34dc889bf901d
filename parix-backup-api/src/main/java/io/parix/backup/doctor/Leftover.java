package io.parix.backup.doctor;

import io.parix.backup.spi.ObjectKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of an examination that is still there.
 *
 * @param key its key
 * @param reason why it could not be removed, for a person
 * @param until when the place lets go of it, or null where it is not locked or that cannot be told
 */
public record Leftover(
        ObjectKey key, String reason, @Nullable Instant until) {
    /** {@return when the place lets go of it, where it is locked and that can be told} */
    public Optional<Instant> lockedUntil() {
        return Optional.ofNullable(until);
    }
}
