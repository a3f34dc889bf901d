package io.parix.backup.archive.manifest;

import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Manifests in a store. Safe for concurrent calls. */
public final class ManifestStore {
    private final ArchivePlace place;
    private final CallContext call;
    private final ArchiveObjects objects;

    /**
     * The manifests of a database.
     *
     * @param place where they lie
     * @param call timeout, cancellation, job; its purpose is replaced
     */
    public ManifestStore(ArchivePlace place, CallContext call) {
        this.place = place;
        this.call = new CallContext(call.timeout(), call.cancelled(), call.job(), CallContext.Purpose.MANIFEST);
        this.objects = new ArchiveObjects(place, this.call, place.ring(Map.of()));
    }

    /**
     * Makes a backup exist: creates its manifest, or finds exactly these bytes already there (spec C3).
     *
     * @param backup the backup that the bytes describe
     * @param bytes from {@link ManifestCodec#write}, recorded durably before
     * @throws io.parix.backup.spi.ProviderException as the store answers
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#OBJECT_CONFLICT} when another manifest
     *     is there;
     *     it stays as it is
     */
    public void commit(BackupId backup, byte[] bytes) {
        ManifestCodec.read(bytes, place.keys().database(), backup);
        objects.put(ArchiveKeys.manifestName(backup), bytes, bytes.length);
    }

    /**
     * Reads the manifest of a backup of which nothing else is known.
     *
     * @param backup which
     * @return its bytes as stored, at most 1 MiB, and what they say
     * @throws io.parix.backup.spi.ProviderException as the store answers
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#OBJECT_MISSING} when there is none;
     *     otherwise as
     *     {@link ManifestCodec#read}
     */
    public StoredManifest read(BackupId backup) {
        return ArchiveObjects.again(() -> readOnce(backup));
    }

    /**
     * Reads the manifest of a backup of which it is known what it was committed as. One bit changed on the way can make another manifest
     * that reads well, so nothing that is decided by it may read it without.
     *
     * @param backup which
     * @param sha256 the SHA-256 that it was committed with, 64 lower-case hexadecimal digits
     * @return as {@link #read}, and it is that one
     * @throws io.parix.backup.spi.ProviderException as the store answers
     * @throws io.parix.backup.FailedException as {@link #read}; {@link io.parix.backup.ErrorCode#OBJECT_CORRUPT} when it is another one
     */
    public StoredManifest readCommitted(BackupId backup, String sha256) {
        return ArchiveObjects.again(() -> {
            byte[] bytes = fetch(backup);
            String found = Checksums.of(bytes).sha256();
            if (!found.equals(sha256)) {
                throw new FailedException(
                        ErrorCode.OBJECT_CORRUPT,
                        "Cannot trust the manifest of backup " + backup + ": its SHA-256 is " + found
                                + ", committed was " + sha256 + ". Use another backup.");
            }
            return stored(backup, bytes);
        });
    }

    private StoredManifest readOnce(BackupId backup) {
        return stored(backup, fetch(backup));
    }

    private byte[] fetch(BackupId backup) {
        return objects.fetch(ArchiveKeys.manifestName(backup), ManifestCodec.MAX_LENGTH);
    }

    private StoredManifest stored(BackupId backup, byte[] bytes) {
        Manifest manifest = ManifestCodec.read(bytes, place.keys().database(), backup);
        return new StoredManifest(manifest, bytes.length, Checksums.of(bytes));
    }

    /**
     * Lists the backups that have a manifest, in order of id. A backup without one does not exist.
     *
     * @return their ids
     * @throws io.parix.backup.spi.ProviderException as the store answers
     */
    public List<BackupId> backups() {
        List<BackupId> found = new ArrayList<>();
        new StoredPages(place.store(), call)
                .of(
                        place.keys().backups(),
                        page -> page.forEach(
                                object -> place.keys().backupOf(object.key()).ifPresent(found::add)));
        return found;
    }
}
