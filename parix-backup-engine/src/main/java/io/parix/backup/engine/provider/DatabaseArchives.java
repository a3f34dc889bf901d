package io.parix.backup.engine.provider;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.flow.Pace;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.engine.settings.TransferLimits;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.StorageLocations;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StorageLocation;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Where each database's backups lie, opened. Safe for concurrent calls. */
public final class DatabaseArchives {
    private final StorageLocations locations;
    private final ProviderSessions sessions;
    private final Installations installations;
    private final KeyPort keys;
    private final Pace pace;

    /**
     * Opens nothing yet.
     *
     * @param locations the host's word on where backups lie
     * @param sessions opened places
     * @param installations who writes where
     * @param keys what the host seals backups under
     * @param limits the bandwidth that all places share
     */
    public DatabaseArchives(
            StorageLocations locations,
            ProviderSessions sessions,
            Installations installations,
            KeyPort keys,
            TransferLimits limits) {
        this.locations = locations;
        this.sessions = sessions;
        this.installations = installations;
        this.keys = keys;
        this.pace = new Pace(limits.bandwidth().bytes(), System::nanoTime);
    }

    /**
     * Names the place of a database's new backups.
     *
     * @param database the database
     * @param provider the provider id of its profile
     * @return the place's identity, which is stored with the job
     */
    public String registered(DatabaseId database, String provider) {
        return locations.locate(database, provider).identity();
    }

    /**
     * Opens the place that a job recorded.
     *
     * @param database the database
     * @param identity the place as recorded
     * @return the place
     * @throws FailedException with {@link ErrorCode#LOCATION_CHANGED} when another place is registered now: what lies there
     *     may be somebody else's (spec C11)
     */
    public ArchivePlace open(DatabaseId database, String identity) {
        StorageLocation recorded = StorageLocation.parse(identity);
        String now = registered(database, recorded.provider());
        if (!now.equals(identity)) {
            throw new FailedException(
                    ErrorCode.LOCATION_CHANGED,
                    "Cannot touch what database " + database + " has at " + recorded + ": " + StorageLocation.parse(now)
                            + " is registered for it now. Register the former place again to use its backups.");
        }
        return unchecked(database, recorded);
    }

    /**
     * Opens a place whatever is registered for the database, to read what lies there.
     *
     * @param database the database
     * @param location the place
     * @return the place
     */
    public ArchivePlace unchecked(DatabaseId database, StorageLocation location) {
        return new ArchivePlace(store(location), new ArchiveKeys(location.prefix(), database), keys);
    }

    /**
     * Opens a place that a job recorded, to write to it or to delete there.
     *
     * @param database the database
     * @param identity the place as recorded
     * @param call timeout, cancellation, job
     * @return the place
     * @throws FailedException with {@link ErrorCode#LOCATION_CHANGED} as {@link #open}, or
     *     {@link ErrorCode#FOREIGN_INSTALLATION} when another installation writes there (spec J4)
     */
    public ArchivePlace openToWrite(DatabaseId database, String identity, CallContext call) {
        ArchivePlace place = open(database, identity);
        installations.requireOurs(StorageLocation.parse(identity), call);
        return place;
    }

    /**
     * The snapshots of volumes that the provider of a place can make.
     *
     * @param identity a place as recorded with a job
     * @return its snapshots; empty where it has none
     */
    public Optional<SnapshotPlace> snapshots(String identity) {
        ProviderSession session = sessions.session(StorageLocation.parse(identity));
        SnapshotCapabilities can = session.capabilities().volumeSnapshots();
        return can.supported()
                ? session.snapshots().map(volumes -> new SnapshotPlace(volumes, can.listByLabel(), can.materialize()))
                : Optional.empty();
    }

    /**
     * The objects of a place.
     *
     * @param location the place
     * @return its store, at the pace of this process
     */
    public ObjectStore store(StorageLocation location) {
        return new PacedStore(sessions.session(location).objects(), pace, LockSupport::parkNanos);
    }
}
