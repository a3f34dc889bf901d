package io.parix.backup.examples.provider;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;

/** An opened table. */
final class JdbcTableSession implements ProviderSession {
    /** An object is one transaction, and those should not grow without bound; the engine's largest write is 32 MiB. */
    static final ByteSize LARGEST_WRITE = ByteSize.gibibytes(1);

    /** Conditional creation is that of the primary key; there are no locks, no versions, no volumes. */
    private static final Capabilities CAPABILITIES =
            new Capabilities(true, false, false, LARGEST_WRITE, SnapshotCapabilities.NONE);

    private final Database database;
    private final JdbcTableStore objects;

    JdbcTableSession(Database database, Table table) {
        this.database = database;
        this.objects = new JdbcTableStore(database, table);
    }

    @Override
    public Capabilities capabilities() {
        database.requireOpen("asking what the place can do");
        return CAPABILITIES;
    }

    @Override
    public ObjectStore objects() {
        database.requireOpen("asking for the objects");
        return objects;
    }

    @Override
    public Optional<VolumeSnapshots> snapshots() {
        database.requireOpen("asking for snapshots");
        return Optional.empty();
    }

    @Override
    public void close() {
        database.close();
    }
}
