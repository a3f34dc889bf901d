package io.parix.backup.engine.snapshot;

import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.SnapshotPlace;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks for the deletion of snapshots and looks whether they are gone. They are found by the names of the intent and, where the place
 * lists by labels, by those of the job; nothing else is touched. Safe for concurrent calls.
 */
public final class SnapshotRemoval {
    private final DatabaseArchives archives;

    /**
     * Removes nothing yet.
     *
     * @param archives the places of the databases
     */
    public SnapshotRemoval(DatabaseArchives archives) {
        this.archives = archives;
    }

    /**
     * What is there still after a removal: by name, why. {@link DeleteOutcome.Deleted} means that the place has accepted it and is
     * at it.
     *
     * @param byName empty when all are seen gone
     */
    public record Remains(Map<String, DeleteOutcome> byName) {
        private static final Remains NOTHING = new Remains(Map.of());

        /** {@return what the first of them waits for, for a person; empty when nothing remains} */
        public Optional<String> words() {
            return byName.entrySet().stream().findFirst().map(first -> words(first.getKey(), first.getValue()));
        }

        /** {@return whether the place is at it, so that it is worth looking again soon} */
        public boolean underWay() {
            return byName.values().stream().anyMatch(DeleteOutcome.Deleted.class::isInstance);
        }

        /**
         * Says why a snapshot is still there.
         *
         * @param name its name
         * @param outcome why
         * @return for a person
         */
        public static String words(String name, DeleteOutcome outcome) {
            if (outcome instanceof DeleteOutcome.Locked locked) {
                return "snapshot " + name + " " + locked.words();
            }
            if (outcome instanceof DeleteOutcome.Failed failed) {
                return "snapshot " + name + " cannot be deleted: " + failed.message();
            }
            return "snapshot " + name + " is being deleted";
        }
    }

    /**
     * Removes every snapshot of a job.
     *
     * @param job the job, with its intent
     * @param call deadline, cancellation, job
     * @return what is still there
     * @throws ProviderException where the place does not answer; what a listing does not show whole is an error
     */
    public Remains all(BackupJob.Begun job, CallContext call) {
        return remove(job, Set.of(), call, Trouble.STOPS);
    }

    /**
     * The same for a clean-up, which goes on with other backups: a snapshot that the place gives no answer of, or a refusal, is one that
     * cannot be deleted.
     *
     * @param job the job, with its intent
     * @param call deadline, cancellation, job
     * @return what is still there
     * @throws ProviderException where a listing fails, which shows nothing whole, and where the call was cancelled
     */
    public Remains eachAlone(BackupJob.Begun job, CallContext call) {
        return remove(job, Set.of(), call, Trouble.IS_TOLD);
    }

    /**
     * Removes the snapshots of a job's other attempts.
     *
     * @param job the job, in the attempt that keeps its own
     * @param call deadline, cancellation, job
     * @return what is still there
     * @throws ProviderException as {@link #all}
     */
    public Remains others(BackupJob.Begun job, CallContext call) {
        return remove(job, Set.copyOf(job.run().volumes().names()), call, Trouble.STOPS);
    }

    /** What trouble with one snapshot does. */
    private enum Trouble {
        STOPS,
        IS_TOLD
    }

    private Remains remove(BackupJob.Begun job, Set<String> kept, CallContext call, Trouble trouble) {
        // The intent comes first, so a job whose intent names no snapshot has never asked for one.
        if (kept.containsAll(job.run().intent().snapshots())) {
            return Remains.NOTHING;
        }
        return archives.snapshots(job.header().location())
                .map(place -> new One(place, job, call, trouble).remove(doomed(place, job, kept, call)))
                .orElseGet(() -> unseen(job, kept));
    }

    /** Nothing is inferred from a provider that makes none any more. */
    private static Remains unseen(BackupJob.Begun job, Set<String> kept) {
        Map<String, DeleteOutcome> remains = new TreeMap<>();
        DeleteOutcome outcome = new DeleteOutcome.Failed(
                ErrorKind.INVALID_REQUEST,
                "The provider knows no snapshots of volumes now, so it cannot be seen gone.");
        job.run().intent().snapshots().stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> remains.put(name, outcome));
        return new Remains(remains);
    }

    /** The removal of one snapshot after another. */
    private record One(SnapshotPlace place, BackupJob.Begun job, CallContext call, Trouble trouble) {
        Remains remove(Set<String> names) {
            Map<String, DeleteOutcome> remains = new TreeMap<>();
            for (String name : names) {
                remove(name).ifPresent(why -> remains.put(name, why));
            }
            return new Remains(remains);
        }

        /** Why it is still there, where it is. */
        private Optional<DeleteOutcome> remove(String name) {
            try {
                return isThere(name) ? asked(name) : Optional.empty();
            } catch (ProviderException e) {
                if (trouble == Trouble.STOPS || e.kind() == ErrorKind.CANCELLED) {
                    throw e;
                }
                return Optional.of(new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage())));
            }
        }

        private Optional<DeleteOutcome> asked(String name) {
            DeleteOutcome outcome = place.volumes().delete(name, call);
            if (outcome instanceof DeleteOutcome.Locked || outcome instanceof DeleteOutcome.Failed) {
                return Optional.of(outcome);
            }
            return isThere(name) ? Optional.of(new DeleteOutcome.Deleted()) : Optional.empty();
        }

        /** A snapshot that somebody else made under the name is not the job's, and is none of our business. */
        private boolean isThere(String name) {
            VolumeSnapshots.Snapshot found = place.volumes().describe(name, call);
            boolean ours = !place.listed()
                    || found.labels()
                            .entrySet()
                            .containsAll(SnapshotNames.labels(job.header()).entrySet());
            return ours && found.state() != VolumeSnapshots.State.GONE;
        }
    }

    private static Set<String> doomed(SnapshotPlace place, BackupJob.Begun job, Set<String> kept, CallContext call) {
        Set<String> names = new LinkedHashSet<>(job.run().intent().snapshots());
        if (place.listed()) {
            List<VolumeSnapshots.Snapshot> page;
            String after = null;
            do {
                page = place.volumes().list(SnapshotNames.labels(job.header()), after, call);
                page.forEach(found -> names.add(found.name()));
                after = page.isEmpty() ? after : page.get(page.size() - 1).name();
            } while (page.size() >= ObjectStore.MAX_PAGE);
        }
        names.removeAll(kept);
        return names;
    }
}
