package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import io.parix.backup.doctor.Finding;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Removes all that an examination wrote, or tried to, whatever became of it; then looks whether it is gone. For one thread, once. */
final class Clearing {
    /** Two for what is many, and one for what other examinations wrote in between. */
    private static final int MOST_PAGES = 3;

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
            removeShown(
                    touched.stream().anyMatch(keys.crowd()::contains)
                            ? List.of(keys.objects(), keys.crowd())
                            : List.of(keys.objects()));
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
    private void removeShown(List<KeyPrefix> folders) {
        Set<ObjectKey> shown = shown(folders);
        left.forEach(known -> shown.remove(known.key()));
        List<ObjectKey> there = shown.stream()
                .filter(key -> remover.stillThere(key, "").isPresent())
                .toList();
        List<Leftover> again = remover.remove(there);
        left.addAll(again);
        Set<ObjectKey> known = again.stream().map(Leftover::key).collect(Collectors.toSet());
        there.stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> remover.stillThere(key, "The place told that it was deleted, and it is still there.")
                        .ifPresent(left::add));
    }

    private Set<ObjectKey> shown(List<KeyPrefix> folders) {
        Set<ObjectKey> mine = new TreeSet<>();
        try {
            for (KeyPrefix folder : folders) {
                show(folder, mine);
            }
        } catch (BackupException e) {
            // What the deletions told has to do.
            return mine;
        }
        return mine;
    }

    private void show(KeyPrefix folder, Set<ObjectKey> mine) {
        @Nullable ObjectKey last = folder.contains(keys.beforeMembers()) ? keys.beforeMembers() : null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectPage next = store.list(folder, last, calls.get());
            next.objects().stream().map(StoredObject::key).filter(keys::isMine).forEach(mine::add);
            if (!next.more() || next.objects().isEmpty()) {
                return;
            }
            last = next.objects().get(next.objects().size() - 1).key();
        }
    }

    private Finding finding() {
        if (left.isEmpty()) {
            return Requirement.CLEAN.passed("nothing of what was written under " + written + " keys is there");
        }
        Leftover first = left.get(0);
        String found = left.size() + " of " + written + " objects, the first " + first.key() + ": " + first.reason();
        if (left.stream().allMatch(each -> each.lockedUntil().isPresent())) {
            return Requirement.CLEAN.notApplicable("the place keeps what was written for a time, " + found);
        }
        BackupException untold = remover.untoldOfAll(left);
        return untold == null
                ? Requirement.CLEAN.failed(found, null)
                : Requirement.CLEAN.undetermined(
                        found, "Examine the place again in a day.", Examination.trouble(untold));
    }
}
