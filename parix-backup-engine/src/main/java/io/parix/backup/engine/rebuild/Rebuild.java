package io.parix.backup.engine.rebuild;

import io.parix.backup.Adoption;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Ownership;
import io.parix.backup.RebuildReport;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bringing history back from object storage, after a catalog was lost or to look at somebody else's backups (spec C11). For
 * whoever operates the installation: the access policy is not asked. Reads storage, deletes nothing, and may be repeated. Safe
 * for concurrent calls.
 */
public final class Rebuild {
    private final RebuildParts parts;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     */
    public Rebuild(RebuildParts parts) {
        this.parts = parts;
    }

    /**
     * Takes a place over: from now on this installation is the one that writes there, and every other that did refuses to
     * (spec J4). Where this installation writes already, nothing changes. Do this only when the other installation is gone for
     * good, or shall stop.
     *
     * @param location the place
     * @return who writes there now
     * @throws FailedException with {@link ErrorCode#FOREIGN_INSTALLATION} when another installation took it over at the same
     *     time
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    public Adoption adopt(StorageLocation location) {
        return parts.installations().adopt(location, call());
    }

    /**
     * Takes the completed backups of a database up into the catalog, where it does not know them. They arrive on hold, reason
     * {@link Hold.Reason#REBUILT}, until it is lifted. Those of an installation whose place was not {@link #adopt adopted}
     * are shown as {@link Ownership#FOREIGN}.
     *
     * @param location where they lie; a place that is not the one registered for the database is shown and not touched
     * @param database the database, which need not exist any more
     * @return what was found
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    public RebuildReport database(StorageLocation location, DatabaseId database) {
        return new DatabaseRebuild(parts, location, database).run(call());
    }

    /**
     * Does the same for every database that has something at a place.
     *
     * @param location the place
     * @param heard takes the report of each database once it is done; in the calling thread
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    public void all(StorageLocation location, Consumer<RebuildReport> heard) {
        ObjectStore store = parts.archives().store(location);
        Optional<DatabaseId> database = databaseAfter(store, location.prefix(), null);
        while (database.isPresent()) {
            DatabaseId found = database.get();
            heard.accept(database(location, found));
            // '0' is the character after '/', so this is past everything in the database's folder.
            database = databaseAfter(store, location.prefix(), location.prefix().key(found + "0"));
        }
    }

    /** The first folder past a key that is named as a database is. */
    private Optional<DatabaseId> databaseAfter(ObjectStore store, KeyPrefix prefix, @Nullable ObjectKey after) {
        @Nullable ObjectKey last = after;
        boolean more = true;
        while (more) {
            ObjectPage page = store.list(prefix, last, call());
            List<StoredObject> objects = page.objects();
            for (StoredObject object : objects) {
                Optional<DatabaseId> database = folder(prefix, object.key());
                if (database.isPresent()) {
                    return database;
                }
                last = object.key();
            }
            more = page.more() && !objects.isEmpty();
        }
        return Optional.empty();
    }

    private static Optional<DatabaseId> folder(KeyPrefix prefix, ObjectKey key) {
        int from = prefix.value().isEmpty() ? 0 : prefix.value().length() + 1;
        int slash = key.value().indexOf('/', from);
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DatabaseId(key.value().substring(from, slash)));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    private CallContext call() {
        return new CallContext(
                parts.settings().work().callTimeout(), () -> false, "rebuild", CallContext.Purpose.MANIFEST);
    }
}
