package io.parix.backup.examples.quickstart;

import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.nio.file.Path;
import java.util.Map;

/** A folder. */
record LocalStore(Path root) implements Store {
    @Override
    public StorageLocation location() {
        return new StorageLocation("local", Map.of("root", root.toString()), new KeyPrefix("parix"));
    }

    /** The engine finds the provider on the class path. */
    @Override
    public ParixBackupBuilder joins(ParixBackupBuilder engine) {
        return engine;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
