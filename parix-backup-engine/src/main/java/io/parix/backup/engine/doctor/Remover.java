package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind.Reaction;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Removes objects of examinations, and says which of them are still there and why. It ends without an error. */
final class Remover {
    private static final int TRIES = 3;
    /** A place that deletes less at once than it must is cleared, too. */
    private static final int FEW = 100;

    private final ObjectStore store;
    private final Supplier<CallContext> calls;
    private final Map<ObjectKey, BackupException> untold = new HashMap<>();

    Remover(ObjectStore store, Supplier<CallContext> calls) {
        this.store = store;
        this.calls = calls;
    }

    /**
     * Removes what is named and nothing else.
     *
     * @param doomed any number of keys
     * @return those of them that are still there, or of which that cannot be told
     */
    List<Leftover> remove(Collection<ObjectKey> doomed) {
        List<ObjectKey> all = List.copyOf(doomed);
        List<Leftover> left = new ArrayList<>();
        for (int from = 0; from < all.size(); from += FEW) {
            left.addAll(removeFew(all.subList(from, Math.min(all.size(), from + FEW))));
        }
        return left;
    }

    /** The first error that kept it from being told whether they are there, where that is so of each; else null. */
    @Nullable
    BackupException untoldOfAll(List<Leftover> left) {
        boolean all = left.stream().map(Leftover::key).allMatch(untold::containsKey);
        return all && !left.isEmpty() ? untold.get(left.get(0).key()) : null;
    }

    private List<Leftover> removeFew(List<ObjectKey> doomed) {
        List<Leftover> left = new ArrayList<>();
        Map<ObjectKey, DeleteOutcome> outcomes = Map.of();
        String failure = "the place tells no outcome";
        try {
            outcomes = delete(doomed);
        } catch (BackupException e) {
            failure = String.valueOf(e.getMessage());
        }
        for (ObjectKey key : doomed) {
            DeleteOutcome outcome = outcomes.get(key);
            after(key, outcome == null && !outcomes.isEmpty() ? alone(key) : outcome, failure)
                    .ifPresent(left::add);
        }
        return left;
    }

    private Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> doomed) {
        for (int tries = 1; ; tries++) {
            try {
                return store.delete(doomed, calls.get());
            } catch (ProviderException e) {
                if (e.kind().reaction() != Reaction.RETRY || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A place that passes over a key may do what it is told of that key alone. */
    private @Nullable DeleteOutcome alone(ObjectKey key) {
        try {
            return delete(List.of(key)).get(key);
        } catch (BackupException e) {
            return null;
        }
    }

    private Optional<Leftover> after(ObjectKey key, @Nullable DeleteOutcome outcome, String failure) {
        if (outcome instanceof DeleteOutcome.Locked locked) {
            return Optional.of(
                    new Leftover(key, "it " + locked.words(), locked.end().orElse(null)));
        }
        if (outcome instanceof DeleteOutcome.Deleted || outcome instanceof DeleteOutcome.Absent) {
            return Optional.empty();
        }
        return stillThere(key, outcome instanceof DeleteOutcome.Failed failed ? failed.message() : failure);
    }

    /** What could not be deleted may never have been written. */
    Optional<Leftover> stillThere(ObjectKey key, String reason) {
        try {
            return store.stat(key, calls.get()).map(there -> new Leftover(key, reason, null));
        } catch (BackupException e) {
            untold.put(key, e);
            String said = reason.isEmpty() || reason.endsWith(".") ? reason : reason + ".";
            return Optional.of(
                    new Leftover(key, said + " Whether it is there cannot be told: " + e.getMessage(), null));
        }
    }
}
