package io.parix.backup.spi;

import java.util.List;

/**
 * The door of a storage provider. Found by {@link java.util.ServiceLoader}, or handed in.
 *
 * <p>Creating one does nothing: no connection, no thread, no file. Safe for concurrent calls.
 */
public interface BackupProvider {
    /** The version of this SPI. A provider that needs a newer one than the engine's is refused. */
    int SPI_VERSION = 1;

    /** {@return the stable id, for example {@code local}; lower-case, unique among all providers found} */
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
     * Opens a place.
     *
     * @param location a place whose settings {@link #check} accepts
     * @return a session, closed by the engine
     * @throws ProviderException with {@link ErrorKind#INVALID_REQUEST} for wrong settings, else as the place answers
     */
    ProviderSession open(StorageLocation location);
}
