package io.parix.backup.provider.local;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.provider.local.disk.DiskView;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.time.InstantSource;
import java.util.List;

/**
 * Directories as places for backups.
 *
 * <p>Settings: {@code root}, the absolute path of the directory; {@code create}, {@code true} to make it where it is
 * missing, {@code false} unless set, so that a disk that is not mounted is an error and not a new, empty store.
 */
public final class LocalProvider implements BackupProvider {
    /** Its id. */
    public static final String ID = "local";

    private final Disk disk;
    private final DiskView view;
    private final InstantSource clock;

    /** The provider as {@link java.util.ServiceLoader} makes it, on this machine's clock. */
    public LocalProvider() {
        this(new Disk(), InstantSource.system());
    }

    LocalProvider(Disk disk, InstantSource clock) {
        this(disk, new DiskView(), clock);
    }

    LocalProvider(Disk disk, DiskView view, InstantSource clock) {
        this.disk = disk;
        this.view = view;
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return LocalConfig.mistakes(location.settings());
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        LocalConfig config = LocalConfig.of(location.settings());
        LocalTree tree = LocalTree.open(config, disk, view);
        Temporaries temporaries = new Temporaries(tree, disk);
        temporaries.sweep(clock.instant());
        return new LocalSession(tree, temporaries, disk);
    }
}
