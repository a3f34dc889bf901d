package io.parix.backup.rebuild;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.spi.StorageLocation;
import java.util.function.Consumer;

/**
 * Bringing history back from object storage, after a catalog was lost or to look at somebody else's backups (spec C11). For
 * whoever operates the installation: the access policy is not asked. Reads storage, deletes nothing, and may be repeated. Safe
 * for concurrent calls.
 */
public interface Rebuild {
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
    Adoption adopt(StorageLocation location);

    /**
     * Takes the completed backups of a database up into the catalog, where it does not know them. They arrive on hold, reason
     * {@link Hold.Reason#REBUILT}, until it is lifted. Those of an installation whose place was not {@link #adopt adopted}
     * are shown as {@link Ownership#FOREIGN}.
     *
     * @param location where they lie; a place that is not the one registered for the database is shown and not touched
     * @param database the database, which need not exist any more
     * @return what was found; a backup that needs a lost key is among the unreadable ones, with {@link ErrorCode#KEY_LOST}
     * @throws FailedException with {@link ErrorCode#KEY_UNAVAILABLE}, naming the first of them, when backups were sealed under keys that
     *     cannot be had now (spec C13); raised at the end, when all others have been taken up. Repeating it once the keys can be had takes up
     *     the rest
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    RebuildReport database(StorageLocation location, DatabaseId database);

    /**
     * Does the same for every database that has something at a place.
     *
     * @param location the place
     * @param heard takes the report of each database once it is done; in the calling thread. Backups whose keys cannot be had now are among
     *     the unreadable ones, with {@link ErrorCode#KEY_UNAVAILABLE}
     * @throws FailedException with {@link ErrorCode#KEY_UNAVAILABLE} as {@link #database}, once every database was heard of
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    void all(StorageLocation location, Consumer<RebuildReport> heard);
}
