package io.parix.backup.archive.segment;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;

/**
 * What is wrong with an object, in words and by code.
 *
 * @param keys the objects' names in full
 */
record ObjectFaults(ArchiveKeys keys) {
    FailedException missing(String name, ProviderException e) {
        return new FailedException(
                ErrorCode.OBJECT_MISSING,
                "Cannot read " + keys.resolve(name)
                        + ": it is not there. Restore another backup; this one is incomplete.",
                e);
    }

    FailedException unreadable(String name, ProviderException e) {
        return new FailedException(
                ErrorCode.OBJECT_CORRUPT, "Cannot read " + keys.resolve(name) + ": " + e.getMessage(), e);
    }

    FailedException corrupt(String name, String fact) {
        return new FailedException(
                ErrorCode.OBJECT_CORRUPT,
                "Cannot trust " + keys.resolve(name) + ": " + fact + ". Keep it for evidence; use another backup.");
    }

    FailedException taken(ObjectRef ref, StoredObject there, ProviderException e) {
        return new FailedException(
                ErrorCode.OBJECT_CONFLICT,
                "Cannot write " + keys.resolve(ref.name()) + ": the name is taken by other content, " + describe(there)
                        + ". It was left as it is; start a new attempt.",
                e);
    }

    FailedException otherThanGiven(ObjectRef ref, StoredObject stored) {
        return corrupt(ref.name(), "the store says it keeps " + describe(stored) + ", given were " + describe(ref));
    }

    ProviderException broken(String name, IOException e) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE, "Reading " + keys.resolve(name) + " broke off: " + e.getMessage(), e);
    }

    private static String describe(StoredObject stored) {
        return stored.length() + " bytes"
                + stored.knownChecksums()
                        .map(c -> " with SHA-256 " + c.sha256())
                        .orElse("");
    }

    private static String describe(ObjectRef ref) {
        return ref.length() + " bytes with SHA-256 " + ref.checksums().sha256();
    }
}
