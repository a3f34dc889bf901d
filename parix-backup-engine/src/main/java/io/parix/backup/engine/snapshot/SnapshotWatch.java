package io.parix.backup.engine.snapshot;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import io.parix.backup.Report;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.ImageVolumes;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.core.job.Snapshots.Until;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.SnapshotPlace;
import io.parix.backup.engine.row.SnapshotFindings;
import io.parix.backup.engine.settings.SnapshotLimits;
import io.parix.backup.engine.settings.SnapshotLimits.WhenFailed;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans, asks for and watches the snapshots of a backup. Holds no thread while it waits. Safe for concurrent calls. */
public final class SnapshotWatch {
    private final ReplicaVolumes host;
    private final DatabaseArchives archives;
    private final SnapshotLimits limits;

    /**
     * Asks for nothing yet.
     *
     * @param host which volumes there are
     * @param archives the places of the databases
     * @param limits how long is waited
     */
    public SnapshotWatch(ReplicaVolumes host, DatabaseArchives archives, SnapshotLimits limits) {
        this.host = host;
        this.archives = archives;
        this.limits = limits;
    }

    /**
     * One look.
     *
     * @param snapshots what was found
     * @param awaits what is still waited for, where something is
     */
    public record Look(Snapshots snapshots, Optional<Wait> awaits) {}

    /**
     * What a job waits for.
     *
     * @param reason for a person
     * @param lookAgain how long until it is worth looking again
     */
    public record Wait(String reason, Duration lookAgain) {}

    /**
     * What is looked at.
     *
     * @param header whose snapshots
     * @param snapshots as they are known
     * @param until what they must reach
     * @param late whether they have had all the time that they may take
     * @param required whether a failed one fails the job, which must then be able to fail
     */
    public record Watched(BackupHeader header, Snapshots snapshots, Until until, boolean late, boolean required) {}

    /**
     * Names the snapshots of an attempt, before any is asked for.
     *
     * @param header the backup
     * @param attempt the attempt's number
     * @return one per volume; none where the host names no volumes or the provider makes no snapshots
     */
    public Snapshots plan(BackupHeader header, int attempt) {
        Optional<SnapshotPlace> place = archives.snapshots(header.location());
        if (place.isEmpty()) {
            return Snapshots.NONE;
        }
        List<ReplicaSnapshot> planned = new ArrayList<>();
        List<ImageVolumes.Each> images = new ArrayList<>();
        for (ReplicaVolume volume : host.of(header.database())) {
            String name = SnapshotNames.name(header, attempt, volume.replica());
            planned.add(ReplicaSnapshot.planned(volume.replica(), volume.volume(), name));
            if (volume.imageFrom() == ReplicaVolume.ImageFrom.SNAPSHOT
                    && place.get().materializes()) {
                images.add(ImageVolumes.Each.of(name, volume.placement()));
            }
        }
        return new Snapshots(planned, images.isEmpty() ? null : new ImageVolumes(images));
    }

    /**
     * Tells what snapshots must reach before the images are asked for.
     *
     * @param snapshots those of an attempt
     * @return usable where images are read from them, or where one that fails fails the backup; else cut
     */
    public Until beforeImages(Snapshots snapshots) {
        boolean usable = limits.whenFailed() == WhenFailed.FAILS || snapshots.images() != null;
        return usable ? Until.USABLE : Until.CUT;
    }

    /** {@return whether a backup goes on without a snapshot that failed} */
    public boolean goesOnWithout() {
        return limits.whenFailed() == WhenFailed.RECORDS;
    }

    /**
     * Asks for the snapshots that were not asked for, and looks at the others.
     *
     * @param watched which
     * @param call deadline, cancellation, job
     * @return what was found
     * @throws ProviderException where the place gives no answer that says anything about a snapshot
     * @throws FailedException with {@link ErrorCode#SNAPSHOT_FAILED} or {@link ErrorCode#DEADLINE_PASSED} where a required snapshot
     *     failed
     */
    public Look look(Watched watched, CallContext call) {
        Round round = new Round(watched, call);
        Snapshots seen = round.run();
        if (watched.required()) {
            requireNoFailure(watched.header(), seen);
        }
        if (seen.pending(watched.until()).isEmpty()) {
            return new Look(seen, Optional.empty());
        }
        if (!watched.late()) {
            return new Look(seen, Optional.of(round.waiting(seen)));
        }
        String late = Snapshots.late(watched.until(), limits.snapshotDeadline().toString());
        if (watched.required()) {
            throw new FailedException(
                    ErrorCode.DEADLINE_PASSED,
                    late + " Last: " + round.waiting(seen).reason() + ".");
        }
        return new Look(seen.without(watched.until(), late), Optional.empty());
    }

    private static void requireNoFailure(BackupHeader header, Snapshots seen) {
        Report findings = SnapshotFindings.of(seen);
        if (!findings.checks().isEmpty()) {
            String sentences = seen.failures().stream()
                    .map(failed -> "that of replica " + failed.replica() + ": " + failed.reason())
                    .collect(Collectors.joining("; "));
            throw new FailedException(
                    ErrorCode.SNAPSHOT_FAILED,
                    "Cannot back database " + header.database() + " up: snapshots failed, " + sentences,
                    findings,
                    null);
        }
    }

    /** One call for each snapshot that is on its way. For one thread. */
    private final class Round {
        private final Watched watched;
        private final CallContext call;
        private final List<String> limited = new ArrayList<>();
        private Duration patience = limits.lookEvery();

        private Round(Watched watched, CallContext call) {
            this.watched = watched;
            this.call = call;
        }

        private Snapshots run() {
            Optional<SnapshotPlace> place = archives.snapshots(watched.header().location());
            Snapshots seen = watched.snapshots();
            if (place.isEmpty()) {
                return seen.without(watched.until(), "The provider makes no snapshots of volumes any more.");
            }
            for (ReplicaSnapshot each : watched.snapshots().pending(watched.until())) {
                seen = seen.with(ask(place.get().volumes(), each));
            }
            return seen;
        }

        private ReplicaSnapshot ask(VolumeSnapshots volumes, ReplicaSnapshot known) {
            try {
                return seen(known, answer(volumes, known));
            } catch (ProviderException e) {
                return switch (e.kind()) {
                    case THROTTLED, QUOTA -> limited(known, e);
                    case UNAVAILABLE, OUTCOME_UNKNOWN, CANCELLED -> unanswered(known, e);
                    case NOT_FOUND, ALREADY_EXISTS, CONFLICT, DENIED, IN_USE, LOCKED, INVALID_REQUEST, CORRUPT ->
                        known.failed(String.valueOf(e.getMessage()));
                };
            }
        }

        private VolumeSnapshots.Snapshot answer(VolumeSnapshots volumes, ReplicaSnapshot known) {
            return known.state() == State.PLANNED
                    ? volumes.request(known.name(), known.volume(), SnapshotNames.labels(watched.header()), call)
                    : volumes.describe(known.name(), call);
        }

        /** A limit delays, and says so (spec A6). */
        private ReplicaSnapshot limited(ReplicaSnapshot known, ProviderException e) {
            limited.add("snapshot of replica " + known.replica() + " has to wait: " + e.getMessage());
            Duration asked = e.retryAfter().orElse(patience);
            patience = asked.compareTo(patience) > 0 ? asked : patience;
            return known;
        }

        /** Time that is up is no reason to ask for ever, unless the worker itself must stop. */
        private ReplicaSnapshot unanswered(ReplicaSnapshot known, ProviderException e) {
            if (watched.late() && e.kind() != ErrorKind.CANCELLED) {
                return known;
            }
            throw e;
        }

        private Wait waiting(Snapshots seen) {
            return limited.isEmpty()
                    ? new Wait(seen.words(watched.until()), patience)
                    : new Wait(String.join("; ", limited), patience);
        }
    }

    static ReplicaSnapshot seen(ReplicaSnapshot known, VolumeSnapshots.Snapshot found) {
        State state = switch (found.state()) {
            case CUTTING -> State.CUTTING;
            case CUT -> State.CUT;
            case USABLE -> State.USABLE;
            case FAILED, GONE -> State.FAILED;
        };
        String gone = found.state() == VolumeSnapshots.State.GONE ? "It is gone." : found.reason();
        return new ReplicaSnapshot(
                known.replica(),
                known.volume(),
                known.name(),
                state,
                Math.max(0, Math.min(100, found.percent())),
                state == State.FAILED ? gone : "",
                found.opaque());
    }
}
