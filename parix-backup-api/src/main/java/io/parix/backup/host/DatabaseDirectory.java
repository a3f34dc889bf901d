package io.parix.backup.host;

import io.parix.backup.DatabaseId;

/**
 * Where the engine looks a database up.
 *
 * <p>Called before a request, before and after the images are taken, and at each restore check. Reading only; safe for
 * concurrent calls; an answer need not be cached. An exception counts as {@link DatabaseFacts.Unknown};
 * its message goes to the log and is shown to nobody.
 */
public interface DatabaseDirectory {
    /**
     * Says what the database is now.
     *
     * @param database the database
     * @return its profile, that it was deleted, or that this cannot be told. A missing row is <em>unknown</em>, never
     *     <em>deleted</em>: deletion is a fact that ends the protection of the last backup (spec H7)
     */
    DatabaseFacts look(DatabaseId database);
}
