package io.parix.backup.engine.backup;

import io.parix.backup.BackupId;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that a backup created and does not need: those of attempts that were overtaken, or all of a failed one (spec B3).
 *
 * <p>Only this backup's own folders are listed, and what a listing does not show whole is an error, so nothing is inferred.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /**
     * Keeps what the attempt that the manifest names has written. What is locked is left to the clean-up of the backup, which looks for
     * it: a job that waited for the end of a lock would keep its database occupied for days.
     *
     * @param committed the SHA-256 that the manifest was committed with
     */
    void sweepOtherAttempts(ArchivePlace place, BackupId backup, String committed, CallContext call) {
        Manifest manifest =
                new ManifestStore(place, call).readCommitted(backup, committed).manifest();
        ObjectKey index =
                place.keys().resolve(manifest.replicas().get(0).index().get(0).name());
        String attempt = index.name().substring(0, index.name().indexOf('-') + 1);
        Predicate<ObjectKey> other = key -> !key.name().startsWith(attempt);
        ObjectKey own = place.keys().manifest(backup);
        Locks locks = new Locks();
        sweep(place.store(), place.keys().segments(backup), other, locks, call);
        sweep(place.store(), place.keys().backup(backup), other.and(key -> !key.equals(own)), locks, call);
        locks.error().ifPresent(e -> LOG.warn("Backup {} leaves it to its clean-up: {}", backup, e.getMessage()));
    }

    /**
     * Leaves nothing; the manifest cannot be there, for a job whose commit is decided never fails.
     *
     * @throws ProviderException of kind {@link ErrorKind#LOCKED} once everything else is gone, with the end of the lock that ends last
     */
    void sweepAll(ArchivePlace place, BackupId backup, CallContext call) {
        Locks locks = new Locks();
        sweep(place.store(), place.keys().segments(backup), key -> true, locks, call);
        sweep(place.store(), place.keys().backup(backup), key -> true, locks, call);
        locks.error().ifPresent(e -> {
            throw e;
        });
    }

    /**
     * Takes back what a worker put after its backup had been removed, and the row with it: what is late, and a manifest of whose backup
     * nothing else is there. One beside its indexes is a backup that a catalog has lost; it stays for a rebuild (spec C11, H11).
     *
     * @param late tells by its name below the database's folder whether an object came late
     * @return whether the backup is removed indeed
     */
    boolean sweepRemoved(ArchivePlace place, BackupId backup, Predicate<String> late, CallContext call) {
        KeyPrefix folder = place.keys().backup(backup);
        ObjectKey manifest = place.keys().manifest(backup);
        List<ObjectKey> there = new ArrayList<>();
        new StoredPages(place.store(), call).of(folder, page -> page.forEach(object -> there.add(object.key())));
        if (there.contains(manifest) && there.size() > 1) {
            LOG.warn("The catalog does not know backup {}, which is there whole: it is left to a rebuild", backup);
            return false;
        }
        int root = place.keys().root().value().length() + 1;
        Predicate<ObjectKey> came = key -> late.test(key.value().substring(root));
        Locks locks = new Locks();
        sweep(place.store(), place.keys().segments(backup), came, locks, call);
        sweep(place.store(), folder, came.or(manifest::equals), locks, call);
        locks.error().ifPresent(e -> {
            throw e;
        });
        return true;
    }

    /** Whether an object was put under a fencing token, as its name says. */
    static boolean isOf(long fence, String name) {
        return name.substring(name.lastIndexOf('/') + 1).startsWith(String.format(Locale.ROOT, "%019d-", fence));
    }

    private static void sweep(
            ObjectStore store, KeyPrefix folder, Predicate<ObjectKey> unneeded, Locks locks, CallContext call) {
        ObjectKey after = null;
        ObjectPage page;
        do {
            page = store.list(folder, after, call);
            List<ObjectKey> keys =
                    page.objects().stream().map(StoredObject::key).toList();
            List<ObjectKey> doomed = keys.stream().filter(unneeded).toList();
            if (!doomed.isEmpty()) {
                requireGone(store.delete(doomed, call), locks);
            }
            after = keys.isEmpty() ? after : keys.get(keys.size() - 1);
        } while (page.more());
    }

    private static void requireGone(Map<ObjectKey, DeleteOutcome> outcomes, Locks locks) {
        outcomes.forEach((key, outcome) -> {
            if (outcome instanceof DeleteOutcome.Locked locked) {
                locks.met(key, locked);
            }
            if (outcome instanceof DeleteOutcome.Failed failed) {
                throw new ProviderException(failed.kind(), "Cannot sweep " + key + ": " + failed.message());
            }
        });
    }

    /** What the place does not let go yet. For one thread. */
    private static final class Locks {
        private @Nullable ObjectKey last;
        private Instant end = Instant.MIN;
        private int count;

        /** An end that the place does not tell comes after all others. */
        void met(ObjectKey key, DeleteOutcome.Locked locked) {
            Instant until = locked.end().orElse(Instant.MAX);
            if (last == null || until.isAfter(end)) {
                last = key;
                end = until;
            }
            count++;
        }

        Optional<ProviderException> error() {
            if (last == null) {
                return Optional.empty();
            }
            boolean told = end.isBefore(Instant.MAX);
            String until = told ? end.toString() : "a time that the place does not tell";
            String more = count > 1 ? ", and " + (count - 1) + " more are" : "";
            String words = "Cannot sweep " + last + ": it is locked until " + until + more + ".";
            return Optional.of(
                    told ? ProviderException.locked(words, end) : new ProviderException(ErrorKind.LOCKED, words));
        }
    }
}
