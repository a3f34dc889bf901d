package io.parix.backup.examples.quickstart;

import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.spi.StorageLocation;

/** Where backups go. */
interface Store extends AutoCloseable {
    /** The place. */
    StorageLocation location();

    /** Tells an engine what it does not find out by itself about the place. */
    ParixBackupBuilder joins(ParixBackupBuilder engine);

    @Override
    void close();
}
