package io.parix.backup.archive.manifest;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.json.RecordJson;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.spi.ObjectKey;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Manifests as bytes: JSON with sorted keys, version 1. */
public final class ManifestCodec {
    /** The longest manifest. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final String FORMAT = "parix-backup-manifest";
    private static final int VERSION = 1;
    private static final RecordJson JSON = ManifestJson.upTo(MAX_LENGTH);

    private ManifestCodec() {}

    /** The outermost object. */
    private record Document(Manifest backup, String format, int version) {}

    /**
     * Writes a manifest. Equal manifests give equal bytes.
     *
     * @param manifest any
     * @return its bytes, at most {@link #MAX_LENGTH}
     * @throws InvalidRequestException when it is too large to be written
     */
    public static byte[] write(Manifest manifest) {
        byte[] bytes = JSON.write(new Document(manifest, FORMAT, VERSION));
        if (bytes.length > MAX_LENGTH) {
            throw InvalidRequestException.of(
                    "manifest", "of " + manifest.backup(), "it has " + bytes.length + " bytes, too many");
        }
        return bytes;
    }

    /**
     * Reads a manifest.
     *
     * @param bytes foreign bytes
     * @param database whose manifest it must be
     * @param backup which backup it must describe
     * @return the manifest
     * @throws FailedException {@link ErrorCode#FORMAT_UNKNOWN} for a newer version,
     *     {@link ErrorCode#MANIFEST_FOREIGN} for another database or backup,
     *     {@link ErrorCode#OBJECT_CORRUPT} for everything else that is no manifest
     */
    public static Manifest read(byte[] bytes, DatabaseId database, BackupId backup) {
        Manifest manifest = parse(bytes, backup);
        if (!manifest.database().equals(database) || !manifest.backup().equals(backup)) {
            throw new FailedException(
                    ErrorCode.MANIFEST_FOREIGN,
                    "Cannot use the manifest of backup " + backup + " of " + database + ": it describes backup "
                            + manifest.backup() + " of " + manifest.database() + ". Look where it was copied from.");
        }
        for (ArchivedReplica replica : manifest.replicas()) {
            requireNames(replica, backup);
            requireKeys(replica, manifest);
        }
        return manifest;
    }

    private static Manifest parse(byte[] bytes, BackupId backup) {
        if (bytes.length > MAX_LENGTH) {
            throw corrupt(backup, "it is longer than " + MAX_LENGTH + " bytes", null);
        }
        try {
            Document document = JSON.read(bytes, Document.class);
            requireKnown(document.format(), document.version(), backup);
            return document.backup();
        } catch (IOException e) {
            throw unreadable(bytes, backup, e);
        }
    }

    /** What does not look like a manifest of today may say that it is none, or a newer one. */
    private static FailedException unreadable(byte[] bytes, BackupId backup, IOException why) {
        try {
            RecordJson.Stamp stamp = JSON.stamp(bytes);
            requireKnown(stamp.format(), stamp.version(), backup);
        } catch (IOException e) {
            return corrupt(backup, "it cannot be read", e);
        }
        return corrupt(backup, "it cannot be read", why);
    }

    private static void requireKnown(String format, int version, BackupId backup) {
        if (!format.equals(FORMAT)) {
            throw corrupt(backup, "it is not one", null);
        }
        requireVersion(version, backup);
    }

    private static void requireVersion(int version, BackupId backup) {
        if (version > VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read the manifest of backup " + backup + ": its format version is " + version
                            + ", this release knows " + VERSION + ". Use a newer release.");
        }
        if (version != VERSION) {
            throw corrupt(backup, "its format version is " + version, null);
        }
    }

    /** An index lies in its own backup's folder; a name that leads elsewhere is refused before it becomes a key. */
    private static void requireNames(ArchivedReplica replica, BackupId backup) {
        for (ObjectRef ref : replica.index()) {
            try {
                new ObjectKey(ref.name());
            } catch (InvalidRequestException e) {
                throw corrupt(backup, "it names an object by what is no plain name", e);
            }
            if (!ArchiveKeys.isIndex(ref.name(), backup, replica.facts().index())) {
                throw corrupt(backup, "an index that it names is not its own", null);
            }
            if (ref.length() > IndexFormat.MAX_BODY || replica.index().size() > IndexFormat.MAX_PARTS) {
                throw corrupt(backup, "an index is larger than any that is written", null);
            }
        }
    }

    /** All objects of a backup are sealed, or none is. */
    private static void requireKeys(ArchivedReplica replica, Manifest manifest) {
        Set<String> attempts = manifest.keys().stream().map(AttemptKey::attempt).collect(Collectors.toSet());
        for (ObjectRef ref : replica.index()) {
            if (manifest.isSealed() && !attempts.contains(ArchiveKeys.attemptOf(ref.name()))) {
                throw corrupt(manifest.backup(), "it has keys, and none for an index that it names", null);
            }
        }
    }

    private static FailedException corrupt(BackupId backup, String fact, @Nullable Exception cause) {
        String message = "Cannot read the manifest of backup " + backup + ": " + fact
                + ". Use another backup; keep this manifest for evidence.";
        return cause == null
                ? new FailedException(ErrorCode.OBJECT_CORRUPT, message)
                : new FailedException(ErrorCode.OBJECT_CORRUPT, message, cause);
    }
}
