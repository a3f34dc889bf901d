package io.parix.backup.spi;

import java.util.List;

/**
 * The door of a storage provider. Found by {@link java.util.ServiceLoader}, or handed in; one that is handed in takes the place
 * of the one of its class that is found. {@code docs/provider-authors.md} is the way to one.
 *
 * <p>Creating one does nothing: no connection, no thread, no file. Safe for concurrent calls.
 */
public interface BackupProvider {
    /** The version of this SPI. A provider that needs a newer one than the engine's is refused. */
    int SPI_VERSION = 1;

    /**
     * {@return the stable id, for example {@code local}; lower-case, unique among all providers found. It is also the name of the
     * infrastructure that the provider serves, as in {@link io.parix.backup.DatabaseProfile#provider()}}
     */
    String id();

    /** {@return the SPI version that it was written for; {@link #SPI_VERSION} at compile time} */
    int spiVersion();

    /**
     * Looks at settings without connecting, so that all mistakes are reported at once.
     *
     * @param location a place, whose settings may be wrong
     * @return every mistake, unknown keys among them; empty when {@link #open} would accept the settings
     */
    List<ConfigurationMistake> check(StorageLocation location);

    /**
     * Opens a place. Makes nothing that the settings do not ask for: a place that was lost must not come back empty. No call's
     * deadline holds here, so a provider that connects sets one of its own.
     *
     * @param location a place whose settings {@link #check} accepts
     * @return a session, closed by the engine
     * @throws ProviderException with {@link ErrorKind#INVALID_REQUEST} for wrong settings, else as the place answers
     */
    ProviderSession open(StorageLocation location);
}
