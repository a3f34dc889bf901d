package io.parix.backup.engine.backup;

import io.parix.backup.BackupId;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Objects that a backup created and does not need: those of attempts that were overtaken, or all of a failed one (spec B3).
 *
 * <p>Only this backup's own folders are listed, and what a listing does not show whole is an error, so nothing is inferred.
 */
final class Leftovers {
    /** Keeps what the attempt that the manifest names has written. */
    void sweepOtherAttempts(ArchivePlace place, BackupId backup, CallContext call) {
        Manifest manifest = new ManifestStore(place, call).read(backup).manifest();
        ObjectKey index =
                place.keys().resolve(manifest.replicas().get(0).index().get(0).name());
        String attempt = index.name().substring(0, index.name().indexOf('-') + 1);
        Predicate<ObjectKey> other = key -> !key.name().startsWith(attempt);
        sweep(place.store(), place.keys().segments(backup), other, call);
        ObjectKey committed = place.keys().manifest(backup);
        sweep(place.store(), place.keys().backup(backup), other.and(key -> !key.equals(committed)), call);
    }

    /** Leaves nothing; the manifest cannot be there, for a job whose commit is decided never fails. */
    void sweepAll(ArchivePlace place, BackupId backup, CallContext call) {
        sweep(place.store(), place.keys().segments(backup), key -> true, call);
        sweep(place.store(), place.keys().backup(backup), key -> true, call);
    }

    private static void sweep(ObjectStore store, KeyPrefix folder, Predicate<ObjectKey> unneeded, CallContext call) {
        ObjectKey after = null;
        ObjectPage page;
        do {
            page = store.list(folder, after, call);
            List<ObjectKey> keys =
                    page.objects().stream().map(StoredObject::key).toList();
            List<ObjectKey> doomed = keys.stream().filter(unneeded).toList();
            if (!doomed.isEmpty()) {
                requireGone(store.delete(doomed, call));
            }
            after = keys.isEmpty() ? after : keys.get(keys.size() - 1);
        } while (page.more());
    }

    private static void requireGone(Map<ObjectKey, DeleteOutcome> outcomes) {
        outcomes.forEach((key, outcome) -> {
            if (outcome instanceof DeleteOutcome.Locked locked) {
                String until = locked.end().map(Instant::toString).orElse("a time that the place does not tell");
                throw ProviderException.locked(
                        "Cannot sweep " + key + ": it is locked until " + until + ".",
                        locked.end().orElse(Instant.MAX));
            }
            if (outcome instanceof DeleteOutcome.Failed failed) {
                throw new ProviderException(failed.kind(), "Cannot sweep " + key + ": " + failed.message());
            }
        });
    }
}
