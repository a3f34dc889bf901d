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
import java.util.function.Supplier;

/**
 * Asks for the deletion of snapshots, and of volumes that were made of them, and looks whether they are gone. They are found by the names of the intent and, where the place
 * lists by labels, by those of the job; nothing else is touched. Safe for concurrent calls.
 */
public final class SnapshotRemoval {
    private static final String SNAPSHOT = "snapshot ";
    private static final String VOLUME = "volume ";

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
     * @param byName by what it is, for example {@code snapshot parix-b1-1-0}; empty when all are seen gone
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

        /** {@return whether a volume is still attached somewhere, which passes when whoever reads it is told to let go} */
        public boolean attached() {
            return byName.entrySet().stream()
                    .anyMatch(each -> each.getKey().startsWith(VOLUME)
                            && each.getValue() instanceof DeleteOutcome.Failed failed
                            && failed.kind() == ErrorKind.IN_USE);
        }

        /**
         * Says why something is still there.
         *
         * @param name what it is
         * @param outcome why
         * @return for a person
         */
        public static String words(String name, DeleteOutcome outcome) {
            if (outcome instanceof DeleteOutcome.Locked locked) {
                return name + " " + locked.words();
            }
            if (outcome instanceof DeleteOutcome.Failed failed) {
                return name + " cannot be deleted: " + failed.message();
            }
            return name + " is being deleted";
        }
    }

    /**
     * Removes every snapshot of a job, and every volume that was made of one.
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
     * The same for a clean-up, which goes on with other backups: what the place gives no answer of, or a refusal, is something that cannot
     * be deleted.
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
     * Removes the snapshots of a job's other attempts, and the volumes of all: once its commit is decided it reads no image.
     *
     * @param job the job, in the attempt that keeps its own
     * @param call deadline, cancellation, job
     * @return what is still there
     * @throws ProviderException as {@link #all}
     */
    public Remains others(BackupJob.Begun job, CallContext call) {
        return remove(job, Set.copyOf(job.run().volumes().names()), call, Trouble.STOPS);
    }

    /** What trouble with one of them does. */
    private enum Trouble {
        STOPS,
        IS_TOLD;

        /** Why something is still there, where it is. */
        Optional<DeleteOutcome> with(Supplier<Optional<DeleteOutcome>> removal) {
            try {
                return removal.get();
            } catch (ProviderException e) {
                if (this == STOPS || e.kind() == ErrorKind.CANCELLED) {
                    throw e;
                }
                return Optional.of(new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage())));
            }
        }
    }

    private Remains remove(BackupJob.Begun job, Set<String> kept, CallContext call, Trouble trouble) {
        // The intent comes first, so a job whose intent names no snapshot has never asked for one.
        if (kept.containsAll(job.run().intent().snapshots())
                && job.run().intent().volumes().isEmpty()) {
            return Remains.NOTHING;
        }
        return archives.snapshots(job.header().location())
                .map(place -> {
                    Map<String, DeleteOutcome> remains = new TreeMap<>();
                    for (String name : doomedVolumes(place, job, call)) {
                        trouble.with(() -> removeVolume(place, name, call))
                                .ifPresent(why -> remains.put(VOLUME + name, why));
                    }
                    for (String name : doomed(place, job, kept, call)) {
                        trouble.with(() -> remove(place, job, name, call))
                                .ifPresent(why -> remains.put(SNAPSHOT + name, why));
                    }
                    return new Remains(remains);
                })
                .orElseGet(() -> unseen(job, kept));
    }

    private static Optional<DeleteOutcome> removeVolume(SnapshotPlace place, String name, CallContext call) {
        DeleteOutcome outcome = place.volumes().deleteVolume(name, call);
        // Deleting means asking, and asking again tells whether it is done.
        DeleteOutcome seen =
                outcome instanceof DeleteOutcome.Deleted ? place.volumes().deleteVolume(name, call) : outcome;
        return seen instanceof DeleteOutcome.Absent ? Optional.empty() : Optional.of(seen);
    }

    private static Set<String> doomedVolumes(SnapshotPlace place, BackupJob.Begun job, CallContext call) {
        Set<String> names = new LinkedHashSet<>(job.run().intent().volumes());
        if (place.listed() && !names.isEmpty()) {
            List<String> page;
            String after = null;
            do {
                page = place.volumes().volumes(SnapshotNames.labels(job.header()), after, call);
                names.addAll(page);
                after = page.isEmpty() ? after : page.get(page.size() - 1);
            } while (page.size() >= ObjectStore.MAX_PAGE);
        }
        return names;
    }

    /** Nothing is inferred from a provider that makes none any more; what a sweep has seen gone need not be shown again. */
    private static Remains unseen(BackupJob.Begun job, Set<String> kept) {
        if (job instanceof BackupJob.Swept) {
            return Remains.NOTHING;
        }
        Map<String, DeleteOutcome> remains = new TreeMap<>();
        DeleteOutcome outcome = new DeleteOutcome.Failed(
                ErrorKind.INVALID_REQUEST,
                "The provider knows no snapshots of volumes now, so it cannot be seen gone.");
        job.run().intent().snapshots().stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> remains.put(SNAPSHOT + name, outcome));
        job.run().intent().volumes().forEach(name -> remains.put(VOLUME + name, outcome));
        return new Remains(remains);
    }

    private static Optional<DeleteOutcome> remove(
            SnapshotPlace place, BackupJob.Begun job, String name, CallContext call) {
        if (!isThere(place, job, name, call)) {
            return Optional.empty();
        }
        DeleteOutcome outcome = place.volumes().delete(name, call);
        if (outcome instanceof DeleteOutcome.Locked || outcome instanceof DeleteOutcome.Failed) {
            return Optional.of(outcome);
        }
        return isThere(place, job, name, call) ? Optional.of(new DeleteOutcome.Deleted()) : Optional.empty();
    }

    /** A snapshot that somebody else made under the name is not the job's, and is none of our business. */
    private static boolean isThere(SnapshotPlace place, BackupJob.Begun job, String name, CallContext call) {
        VolumeSnapshots.Snapshot found = place.volumes().describe(name, call);
        boolean ours = !place.listed()
                || found.labels()
                        .entrySet()
                        .containsAll(SnapshotNames.labels(job.header()).entrySet());
        return ours && found.state() != VolumeSnapshots.State.GONE;
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
