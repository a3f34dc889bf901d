package io.parix.backup.engine.sweep;

import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deletes objects of one backup and keeps in mind what the place did not let go. What is gone already is a success. For one
 * thread.
 */
final class Removal {
    private final ArchivePlace place;
    private final CallContext call;
    private @Nullable Obstacle obstacle;

    Removal(ArchivePlace place, CallContext call) {
        this.place = place;
        this.call = call;
    }

    /**
     * What stands in the way of a removal.
     *
     * @param code why, as a code
     * @param reason why, in words
     * @param until when a lock ends, or null where it is none or its end is not known
     */
    record Obstacle(String code, String reason, @Nullable Instant until) {
        private boolean isLock() {
            return code.equals(LOCKED);
        }

        /** Which of two is shown and waited for: an error, which may pass soon; else the lock that ends last. */
        private static Obstacle worse(Obstacle a, Obstacle b) {
            if (!a.isLock() || !b.isLock()) {
                return a.isLock() ? b : a;
            }
            if (a.until() == null || b.until() == null) {
                return a.until() == null ? a : b;
            }
            return a.until().isBefore(b.until()) ? b : a;
        }
    }

    private static final int MOST_LOOKS = 3;

    static final String LOCKED = "locked-until";

    /** What stands in the way, where something does. */
    Optional<Obstacle> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** Deletes one object. */
    void delete(ObjectKey key) {
        delete(List.of(key));
    }

    /** Deletes objects by their names below the database's folder. */
    void deleteNamed(List<String> names) {
        for (int from = 0; from < names.size(); from += ObjectStore.MAX_DELETE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ObjectStore.MAX_DELETE));
            delete(some.stream().map(place.keys()::resolve).toList());
        }
    }

    /** Deletes everything in a folder, page by page, and sees it empty unless something stands in the way. */
    void empty(KeyPrefix folder) {
        empty(folder, key -> true);
    }

    /**
     * Deletes what is doomed of a folder, page by page, and lists it again until none of that is there. Where something stands in the
     * way, or comes in as fast as it goes, that is kept in mind.
     */
    void empty(KeyPrefix folder, Predicate<ObjectKey> doomed) {
        int looks = 0;
        while (found(folder, doomed) && obstacle == null) {
            looks++;
            if (looks == MOST_LOOKS) {
                note(new Obstacle("not-empty", "Objects still come into " + folder + " while it is emptied.", null));
            }
        }
    }

    private boolean found(KeyPrefix folder, Predicate<ObjectKey> doomed) {
        AtomicBoolean any = new AtomicBoolean();
        new StoredPages(place.store(), call).of(folder, page -> {
            List<ObjectKey> keys =
                    page.stream().map(StoredObject::key).filter(doomed).toList();
            delete(keys);
            any.compareAndSet(false, !keys.isEmpty());
        });
        return any.get();
    }

    private void delete(List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        Map<ObjectKey, DeleteOutcome> outcomes = place.store().delete(keys, call);
        for (ObjectKey key : keys) {
            DeleteOutcome outcome = outcomes.get(key);
            if (outcome instanceof DeleteOutcome.Locked locked) {
                note(new Obstacle(LOCKED, key + " " + locked.words() + ".", locked.until()));
            } else if (outcome instanceof DeleteOutcome.Failed failed) {
                note(new Obstacle(failed.kind().code(), "Cannot delete " + key + ": " + failed.message(), null));
            } else if (outcome == null) {
                note(new Obstacle("no-outcome", "The place told no outcome for " + key + ".", null));
            }
        }
    }

    /** Keeps in mind what else stands in the way. */
    void note(Obstacle found) {
        obstacle = obstacle == null ? found : Obstacle.worse(obstacle, found);
    }
}
