package io.parix.backup.archive.seal;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.CallContext;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that a backup's objects were sealed under, one for each attempt that wrote some of them, each asked of the host's port when it
 * is first needed and once, lost ones too; only a port that failed is asked again. Objects of other attempts lie in the clear. Safe for
 * concurrent calls.
 */
public final class Keyring {
    private final DatabaseId database;
    private final KeyPort port;
    private final Map<String, WrappedKey> wrapped;
    private final Map<String, Seal> own = new ConcurrentHashMap<>();
    private final Map<String, Optional<Seal>> answers = new ConcurrentHashMap<>();

    /**
     * Asks for nothing yet.
     *
     * @param database whose backup it is
     * @param port the host's keys
     * @param wrapped by attempt
     */
    public Keyring(DatabaseId database, KeyPort port, Map<String, WrappedKey> wrapped) {
        this.database = database;
        this.port = port;
        this.wrapped = Map.copyOf(wrapped);
    }

    /**
     * Asks for a data key to seal new objects under, and whether the port opens what it made of it: what is sealed under a key that it
     * does not open again nobody could ever read.
     *
     * @param database whose objects are to be sealed
     * @param port the host's keys
     * @param call looked at before each time that the port is asked
     * @return the key; empty where new objects are to lie in the clear
     * @throws FailedException {@link ErrorCode#KEY_UNAVAILABLE} when the port fails, or is wrong: when it opens what it has just given
     *     not at all, or as another key
     * @throws io.parix.backup.spi.ProviderException of kind {@link io.parix.backup.spi.ErrorKind#CANCELLED}
     */
    public static Optional<DataKey> fresh(DatabaseId database, KeyPort port, CallContext call) {
        call.check("before a data key");
        Optional<DataKey> fresh;
        try {
            fresh = Objects.requireNonNull(port.fresh(database), "no answer");
        } catch (RuntimeException e) {
            throw unavailable(database, "a data key for a new backup", e);
        }
        fresh.ifPresent(key -> requireOpens(database, port, key, call));
        return fresh;
    }

    private static void requireOpens(DatabaseId database, KeyPort port, DataKey fresh, CallContext call) {
        String opened = open(database, port, fresh.wrapped(), call)
                .map(again -> same(fresh, again) ? "" : "it gave another key")
                .orElse("it said that it is lost");
        if (!opened.isEmpty()) {
            throw new FailedException(
                    ErrorCode.KEY_UNAVAILABLE,
                    "The key port is wrong: it gave a data key under "
                            + fresh.wrapped().id() + " for a new backup of"
                            + " database " + database + ", and when it was asked to open it, " + opened
                            + ". Nothing was sealed under it. Mend the port; it is asked again.");
        }
    }

    /** In a time that does not tell where they differ. */
    private static boolean same(DataKey one, DataKey other) {
        return MessageDigest.isEqual(one.secret().getEncoded(), other.secret().getEncoded());
    }

    /**
     * Takes a key for new objects.
     *
     * @param attempt whose objects are to be sealed under it
     * @param key a key that nothing was sealed under before
     * @return this
     */
    public Keyring with(String attempt, DataKey key) {
        own.put(attempt, new Seal(key.wrapped().id(), key));
        return this;
    }

    /**
     * What the objects of an attempt are sealed with.
     *
     * @param attempt as the objects' names say
     * @param call looked at before the port is asked
     * @return the seal; empty where they lie in the clear
     * @throws FailedException {@link ErrorCode#KEY_LOST} naming the key, or {@link ErrorCode#KEY_UNAVAILABLE}
     * @throws io.parix.backup.spi.ProviderException of kind {@link io.parix.backup.spi.ErrorKind#CANCELLED}
     */
    public Optional<Seal> of(String attempt, CallContext call) {
        Seal seal = own.get(attempt);
        WrappedKey key = wrapped.get(attempt);
        return seal != null || key == null ? Optional.ofNullable(seal) : Optional.of(opened(attempt, key, call));
    }

    private Seal opened(String attempt, WrappedKey key, CallContext call) {
        return answers.computeIfAbsent(
                        attempt, any -> open(database, port, key, call).map(data -> new Seal(key.id(), data)))
                .orElseThrow(() -> lost(key));
    }

    private static Optional<DataKey> open(DatabaseId database, KeyPort port, WrappedKey key, CallContext call) {
        call.check("before the key " + key.id());
        try {
            return Objects.requireNonNull(port.open(database, key), "no answer");
        } catch (RuntimeException e) {
            throw unavailable(database, "opening what was sealed under " + key.id(), e);
        }
    }

    private FailedException lost(WrappedKey key) {
        return new FailedException(
                ErrorCode.KEY_LOST,
                "Cannot open backups of database " + database + " that need the key " + key.id()
                        + ": the key port says that it is lost. Bring the key back, or use a backup under another key.");
    }

    /** The port's own words may be secret, and stay with the cause. */
    private static FailedException unavailable(DatabaseId database, String doing, RuntimeException cause) {
        return new FailedException(
                ErrorCode.KEY_UNAVAILABLE,
                "The key port failed with a " + cause.getClass().getSimpleName() + " while it was asked for " + doing
                        + " of database " + database + ". It is asked again.",
                cause);
    }
}
