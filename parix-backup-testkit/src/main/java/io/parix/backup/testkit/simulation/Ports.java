package io.parix.backup.testkit.simulation;

import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all processes of a run share: the ports that their engines are built with. A run makes those of the testkit; a host that wants its
 * own ones inside changes them before the engines are built. Immutable.
 *
 * <p>Everything that an engine does leads through these, one call at a time. A port of one's own must neither start threads nor look at any
 * clock but {@link #clock()}, or a seed is not the same run again.
 */
public final class Ports {
    private final InstantSource clock;
    private Catalog catalog;
    private Catalog rightCatalog;
    private BackupProvider provider;
    private StorageLocation location;
    private ObjectStore place;
    private DatabaseDirectory directory;
    private ReplicaImages images;
    private ReplicaVolumes volumes;
    private RestoreHost restoreHost;
    private KeyPort keys;
    private BackupListener listener = event -> {};
    private @Nullable ProviderSession session;

    Ports(
            InstantSource clock,
            Catalog catalog,
            BackupProvider provider,
            StorageLocation location,
            ObjectStore place,
            DatabaseDirectory directory,
            ReplicaImages images,
            ReplicaVolumes volumes,
            RestoreHost restoreHost,
            KeyPort keys) {
        this.clock = clock;
        this.catalog = catalog;
        this.rightCatalog = catalog;
        this.provider = provider;
        this.location = location;
        this.place = place;
        this.directory = directory;
        this.images = images;
        this.volumes = volumes;
        this.restoreHost = restoreHost;
        this.keys = keys;
    }

    private Ports(Ports other) {
        this(
                other.clock,
                other.catalog,
                other.provider,
                other.location,
                other.place,
                other.directory,
                other.images,
                other.volumes,
                other.restoreHost,
                other.keys);
        this.rightCatalog = other.rightCatalog;
        this.listener = other.listener;
        this.session = other.session;
    }

    /**
     * Takes another catalog.
     *
     * @param own empty, and on {@link #clock()}
     * @return ports with it; the invariants are looked at through it, too
     */
    public Ports withCatalog(Catalog own) {
        Ports changed = withWrongCatalog(own);
        changed.rightCatalog = own;
        return changed;
    }

    /** Takes the catalog of other ports, of which nothing else is used any more. */
    Ports withCatalogOf(Ports other) {
        Ports changed = withWrongCatalog(other.catalog);
        changed.rightCatalog = other.rightCatalog;
        if (other.session != session) {
            other.close();
        }
        return changed;
    }

    /** Takes a catalog that is not to be believed. */
    Ports withWrongCatalog(Catalog wrong) {
        Ports changed = new Ports(this);
        changed.catalog = wrong;
        return changed;
    }

    /**
     * Takes another provider. Its place is damaged by nobody, and there are no volumes of which it could make snapshots, whatever volumes
     * were taken before. The session by which the invariants are looked at is closed with the run.
     *
     * @param own any
     * @param where an empty place of it
     * @return ports with it; the invariants are looked at through it, too
     * @throws io.parix.backup.spi.ProviderException as it answers when it is opened
     */
    public Ports withProvider(BackupProvider own, StorageLocation where) {
        Ports changed = withWrongProvider(own);
        changed.location = where;
        ProviderSession session = own.open(where);
        changed.session = session;
        changed.place = session.objects();
        changed.volumes = database -> List.of();
        return changed;
    }

    /** Takes a provider that is not to be believed. */
    Ports withWrongProvider(BackupProvider wrong) {
        Ports changed = new Ports(this);
        changed.provider = wrong;
        return changed;
    }

    /**
     * Takes another directory.
     *
     * @param own one that passes on to {@link #directory()}, for that is where databases come and go
     * @return ports with it
     */
    public Ports withDirectory(DatabaseDirectory own) {
        Ports changed = new Ports(this);
        changed.directory = own;
        return changed;
    }

    /**
     * Takes another way to images.
     *
     * @param own one that passes both ways of capturing on to {@link #images()}, for that is what databases write to: with the
     *     volumes that it is given, too
     * @return ports with it
     */
    public Ports withImages(ReplicaImages own) {
        Ports changed = new Ports(this);
        changed.images = own;
        return changed;
    }

    /**
     * Takes another way to the volumes that replicas lie on.
     *
     * @param own one that passes on to {@link #volumes()}, for of those there are snapshots
     * @return ports with it
     */
    public Ports withVolumes(ReplicaVolumes own) {
        Ports changed = new Ports(this);
        changed.volumes = own;
        return changed;
    }

    /**
     * Takes a listener, which hears an event again where a process dies while it tells it.
     *
     * @param own any; it may throw, for that is logged and no more; called by every thread that runs a seed where it is handed to several
     * @return ports with it
     */
    public Ports withListener(BackupListener own) {
        Ports changed = new Ports(this);
        changed.listener = own;
        return changed;
    }

    /**
     * Takes another host of restores.
     *
     * @param own one that passes on to {@link #restoreHost()}, for those are the live files
     * @return ports with it
     */
    public Ports withRestoreHost(RestoreHost own) {
        Ports changed = new Ports(this);
        changed.restoreHost = own;
        return changed;
    }

    /**
     * Takes other keys.
     *
     * @param own any that lose none
     * @return ports with them; the invariants are looked at through them, too
     */
    public Ports withKeys(KeyPort own) {
        Ports changed = new Ports(this);
        changed.keys = own;
        return changed;
    }

    /** {@return the right time} */
    public InstantSource clock() {
        return clock;
    }

    /** {@return the catalog} */
    public Catalog catalog() {
        return catalog;
    }

    /** {@return the provider} */
    public BackupProvider provider() {
        return provider;
    }

    /** {@return where all backups go} */
    public StorageLocation location() {
        return location;
    }

    /** {@return the directory} */
    public DatabaseDirectory directory() {
        return directory;
    }

    /** {@return the way to images} */
    public ReplicaImages images() {
        return images;
    }

    /** {@return the volumes that replicas lie on} */
    public ReplicaVolumes volumes() {
        return volumes;
    }

    /** {@return who hears of events; nobody unless another one was taken} */
    public BackupListener listener() {
        return listener;
    }

    /** {@return the keys that exports are sealed under} */
    public KeyPort keys() {
        return keys;
    }

    /** {@return the host of restores} */
    public RestoreHost restoreHost() {
        return restoreHost;
    }

    /** Closes what was opened to look at. */
    void close() {
        if (session != null) {
            session.close();
        }
    }

    /** The catalog as it is. */
    Catalog rightCatalog() {
        return rightCatalog;
    }

    /** The place as it is. */
    ObjectStore place() {
        return place;
    }
}
