package io.parix.backup.spi;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of a provider. Its {@link #kind()} is all that the engine looks at.
 *
 * <p>The message says what was tried, on which object, and what the place answered; never a credential.
 */
public final class ProviderException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final @Nullable Duration retryAfter;
    private final @Nullable Instant lockedUntil;

    /**
     * An error.
     *
     * @param kind its kind
     * @param message what was tried, on what, and the fact
     */
    public ProviderException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /**
     * An error with what was caught.
     *
     * @param kind its kind
     * @param message what was tried, on what, and the fact
     * @param cause what was caught, or null
     */
    public ProviderException(ErrorKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, null, cause);
    }

    private ProviderException(
            ErrorKind kind,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Instant lockedUntil,
            @Nullable Throwable cause) {
        super(ErrorCode.PROVIDER_FAILED, message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.lockedUntil = lockedUntil;
    }

    /**
     * The place asks for patience.
     *
     * @param message what was tried, on what
     * @param after how long to wait at least
     * @param cause what was caught, or null
     * @return an exception of kind {@link ErrorKind#THROTTLED}
     */
    public static ProviderException throttled(String message, Duration after, @Nullable Throwable cause) {
        return new ProviderException(ErrorKind.THROTTLED, message, after, null, cause);
    }

    /**
     * The place keeps it until a time.
     *
     * @param message what was tried, on what
     * @param until when the lock ends
     * @return an exception of kind {@link ErrorKind#LOCKED}
     */
    public static ProviderException locked(String message, Instant until) {
        return new ProviderException(ErrorKind.LOCKED, message, null, until, null);
    }

    /** {@return the kind} */
    public ErrorKind kind() {
        return kind;
    }

    /** {@return how long to wait at least, where the place said so} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return when the lock ends, where it is one} */
    public Optional<Instant> lockedUntil() {
        return Optional.ofNullable(lockedUntil);
    }
}
