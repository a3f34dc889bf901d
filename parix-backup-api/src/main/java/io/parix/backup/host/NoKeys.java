package io.parix.backup.host;

import io.parix.backup.DatabaseId;
import java.util.Optional;

/** The port of a host that seals nothing. */
enum NoKeys implements KeyPort {
    NONE;

    @Override
    public Optional<DataKey> fresh(DatabaseId database) {
        return Optional.empty();
    }

    @Override
    public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        // Not empty: a process that was built without its keys must not declare backups lost.
        throw new IllegalStateException("This process has no key port");
    }

    @Override
    public String toString() {
        return "a port without keys";
    }
}
