package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import io.parix.backup.doctor.Finding;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Removes all that an examination wrote, or tried to, whatever became of it; then looks whether it is gone. For one thread, once. */
final class Clearing {
    private final RunKeys keys;
    private final ObjectStore store;
    private final Supplier<CallContext> calls;
    private final Remover remover;
    private final List<Leftover> left = new ArrayList<>();
    private int written;

    Clearing(RunKeys keys, ObjectStore store, Supplier<CallContext> calls) {
        this.keys = keys;
        this.store = store;
        this.calls = calls;
        this.remover = new Remover(store, calls);
    }

    /** An interrupt waits until everything is removed. */
    Finding clear(List<ObjectKey> touched) {
        boolean interrupted = Thread.interrupted();
        try {
            written = touched.size();
            left.addAll(remover.remove(touched));
            removeShown();
            return finding();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    List<Leftover> left() {
        return left;
    }

    /** What a listing still shows was not deleted, whatever was told of it; unless the listing is stale. */
    private void removeShown() {
        Set<ObjectKey> shown = shown();
        left.forEach(known -> shown.remove(known.key()));
        List<ObjectKey> there = shown.stream()
                .filter(key -> remover.stillThere(key, "").isPresent())
                .toList();
        List<Leftover> again = remover.remove(there);
        left.addAll(again);
        for (ObjectKey key : there) {
            if (again.stream().noneMatch(known -> known.key().equals(key))) {
                remover.stillThere(key, "The place told that it was deleted, and it is still there.")
                        .ifPresent(left::add);
            }
        }
    }

    private Set<ObjectKey> shown() {
        Set<ObjectKey> mine = new TreeSet<>();
        try {
            KeyPrefix folder = keys.folder();
            store.list(folder, null, calls.get()).objects().stream()
                    .map(StoredObject::key)
                    .filter(keys::isMine)
                    .limit(ObjectStore.MAX_DELETE)
                    .forEach(mine::add);
        } catch (BackupException e) {
            // What the deletions told has to do.
            return mine;
        }
        return mine;
    }

    private Finding finding() {
        if (left.isEmpty()) {
            return Requirement.CLEAN.passed("nothing of what was written under " + written + " keys is there");
        }
        Leftover first = left.get(0);
        String found = left.size() + " of " + written + " objects, the first " + first.key() + ": " + first.reason();
        boolean locked = left.stream().allMatch(each -> each.lockedUntil().isPresent());
        return locked
                ? Requirement.CLEAN.notApplicable("the place keeps what was written for a time, " + found)
                : Requirement.CLEAN.failed(found, null);
    }
}
