package io.parix.backup.spi;

import java.util.Optional;

/** An opened place. Safe for concurrent calls; after {@link #close} every call fails and no thread is left. */
public interface ProviderSession extends AutoCloseable {
    /** {@return what this place can do; asked once and true for the session's life} */
    Capabilities capabilities();

    /**
     * {@return the objects under the location's settings; keys include the location's prefix, so a store does not look at it and
     * puts nothing before a key}
     */
    ObjectStore objects();

    /** {@return the snapshots of volumes, where {@link Capabilities#volumeSnapshots()} says so} */
    Optional<VolumeSnapshots> snapshots();

    /** Lets go of connections and threads. Repeating it does nothing. */
    @Override
    void close();
}
