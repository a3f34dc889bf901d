package io.parix.backup.host;

import io.parix.backup.DatabaseProfile;
import java.time.Instant;

/** What a host knows of a database: alive, deleted, or not to be told. */
public sealed interface DatabaseFacts {
    /**
     * The database exists.
     *
     * @param profile as it is now
     */
    record Live(DatabaseProfile profile) implements DatabaseFacts {}

    /**
     * The database was deleted; its backups stay until they expire (spec H2).
     *
     * @param at when
     */
    record Deleted(Instant at) implements DatabaseFacts {}

    /**
     * The directory cannot tell.
     *
     * @param reason why, for a person: whoever sees the database's backups; what is longer than 500 characters is cut
     */
    record Unknown(String reason) implements DatabaseFacts {}
}
