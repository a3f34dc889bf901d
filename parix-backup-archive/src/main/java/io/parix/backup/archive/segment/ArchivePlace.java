package io.parix.backup.archive.segment;

import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.ObjectStore;
import java.util.Map;

/**
 * Where the backups of one database lie.
 *
 * @param store holds the objects
 * @param keys names them
 * @param port keeps what they are sealed under
 */
public record ArchivePlace(ObjectStore store, ArchiveKeys keys, KeyPort port) {
    /**
     * Gathers keys for some objects; none is asked for before it is needed.
     *
     * @param wrapped what the objects are sealed under, by attempt
     * @return the keys
     */
    public Keyring ring(Map<String, WrappedKey> wrapped) {
        return new Keyring(keys.database(), port, wrapped);
    }
}
