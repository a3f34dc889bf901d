package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.VolumeMutants.asked;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Snapshots of volumes that are wrong about what they do not claim and about trouble; {@link VolumeMutants} takes them up. */
final class VolumeTroubleMutants {
    private VolumeTroubleMutants() {}

    static void addAll() {
        unclaimed();
        lostPlaces();
        permissions();
        lostRequests();
        lostDeletions();
        inUse();
    }

    private static void unclaimed() {
        VolumeMutants.list(
                "VOL-13 shows no snapshots where it cannot list",
                (right, labels, after, call) ->
                        when(ErrorKind.INVALID_REQUEST, () -> right.list(labels, after, call), List::of));
        VolumeMutants.list(
                "VOL-13 lists what it happens to know",
                (right, labels, after, call) -> List.of(right.describe("parix-b1-1-1", call)));
        VolumeMutants.volumes(
                "VOL-13 shows no volumes where it cannot list",
                (right, labels, after, call) ->
                        when(ErrorKind.INVALID_REQUEST, () -> right.volumes(labels, after, call), List::of));
        VolumeMutants.make(
                "VOL-13 makes a volume though it does not claim to",
                (right, wanted) -> Optional.of("volume-" + wanted.name()));
        VolumeMutants.make(
                "VOL-13 is for ever making a volume that it does not claim to make",
                (right, wanted) -> Optional.empty());
        VolumeMutants.make("VOL-13 takes what it does not claim for an outage", (right, wanted) -> {
            throw error(ErrorKind.UNAVAILABLE);
        });
    }

    private static void lostPlaces() {
        VolumeMutants.describe(
                "VOL-14 describes as gone when lost",
                (right, name, call) -> when(
                        ErrorKind.UNAVAILABLE,
                        () -> right.describe(name, call),
                        () -> new Snapshot(name, State.GONE, 0, "", Map.of(), "")));
        VolumeMutants.list(
                "VOL-14 shows no snapshots when lost",
                (right, labels, after, call) ->
                        when(ErrorKind.UNAVAILABLE, () -> right.list(labels, after, call), List::of));
        VolumeMutants.volumes(
                "VOL-14 shows no volumes when lost",
                (right, labels, after, call) ->
                        when(ErrorKind.UNAVAILABLE, () -> right.volumes(labels, after, call), List::of));
        VolumeMutants.delete(
                "VOL-14 says absent when lost",
                (right, name, call) ->
                        when(ErrorKind.UNAVAILABLE, () -> right.delete(name, call), DeleteOutcome.Absent::new));
        VolumeMutants.deleteVolume(
                "VOL-14 says absent of volumes when lost",
                (right, name, call) ->
                        when(ErrorKind.UNAVAILABLE, () -> right.deleteVolume(name, call), DeleteOutcome.Absent::new));
    }

    private static void permissions() {
        VolumeMutants.request(
                "VOL-15 answers unavailable when forbidden",
                (right, name, volume, call) -> when(ErrorKind.DENIED, () -> asked(right, name, volume, call), () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        VolumeMutants.make(
                "VOL-15 is for ever making a volume when forbidden",
                (right, wanted) ->
                        when(ErrorKind.DENIED, () -> right.materialize(wanted, Samples.CALL), Optional::empty));
        VolumeMutants.describe(
                "VOL-15 describes as gone when forbidden",
                (right, name, call) -> when(
                        ErrorKind.DENIED,
                        () -> right.describe(name, call),
                        () -> new Snapshot(name, State.GONE, 0, "", Map.of(), "")));
        VolumeMutants.list(
                "VOL-15 shows no snapshots when forbidden",
                (right, labels, after, call) ->
                        when(ErrorKind.DENIED, () -> right.list(labels, after, call), List::of));
        VolumeMutants.volumes(
                "VOL-15 shows no volumes when forbidden",
                (right, labels, after, call) ->
                        when(ErrorKind.DENIED, () -> right.volumes(labels, after, call), List::of));
        Map.of(
                        "says deleted",
                        new DeleteOutcome.Deleted(),
                        "says absent",
                        new DeleteOutcome.Absent(),
                        "says locked",
                        new DeleteOutcome.Locked(null))
                .forEach((words, instead) -> {
                    VolumeMutants.delete(
                            "VOL-15 " + words + " when forbidden",
                            (right, name, call) -> denied(() -> right.delete(name, call), instead));
                    VolumeMutants.deleteVolume(
                            "VOL-15 " + words + " of a volume when forbidden",
                            (right, name, call) -> denied(() -> right.deleteVolume(name, call), instead));
                });
    }

    private static DeleteOutcome denied(Supplier<DeleteOutcome> deletion, DeleteOutcome instead) {
        DeleteOutcome outcome = when(ErrorKind.DENIED, deletion, () -> instead);
        return outcome instanceof DeleteOutcome.Failed failed && failed.kind() == ErrorKind.DENIED ? instead : outcome;
    }

    private static void lostRequests() {
        VolumeMutants.request(
                "VOL-16 says unavailable of what it has made",
                (right, name, volume, call) -> lost(() -> asked(right, name, volume, call), () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        VolumeMutants.request(
                "VOL-16 answers as if it were there, and it is not",
                (right, name, volume, call) -> lost(() -> asked(right, name, volume, call), () -> {
                    Snapshot made = right.describe(name, call);
                    var unused = lost(() -> right.delete(name, call), DeleteOutcome.Deleted::new);
                    return made;
                }));
        VolumeMutants.request("VOL-16 makes another one when asked again", (right, name, volume, call) -> {
            if (right.describe(name, call).state() != State.GONE) {
                var unused = asked(right, name + "-again", volume, call);
            }
            return asked(right, name, volume, call);
        });
        VolumeMutants.make(
                "VOL-16 says unavailable of a volume that it has made",
                (right, wanted) -> lost(() -> right.materialize(wanted, Samples.CALL), () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        VolumeMutants.make(
                "VOL-16 answers as if the volume were there, and it is not",
                (right, wanted) -> lost(() -> right.materialize(wanted, Samples.CALL), () -> {
                    var unused =
                            lost(() -> right.deleteVolume(wanted.name(), Samples.CALL), DeleteOutcome.Deleted::new);
                    return Optional.of("volume-" + wanted.name());
                }));
        VolumeMutants.make("VOL-16 makes another volume when asked again", (right, wanted) -> {
            if (right.volumes(wanted.labels(), null, Samples.CALL).contains(wanted.name())) {
                var unused = right.materialize(
                        new VolumeRequest(
                                wanted.name() + "-again", wanted.snapshot(), wanted.placement(), wanted.labels()),
                        Samples.CALL);
            }
            return right.materialize(wanted, Samples.CALL);
        });
    }

    private static void lostDeletions() {
        deletion(
                "VOL-18 says unavailable of what it has deleted",
                deletion -> lost(deletion, () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        deletion("VOL-18 takes a lost answer for absence", deletion -> lost(deletion, DeleteOutcome.Absent::new));
        deletion("VOL-18 says deleted without having asked", deletion -> new DeleteOutcome.Deleted());
        deletion("VOL-18 fails for what is gone when asked again", deletion -> {
            DeleteOutcome outcome = deletion.get();
            return outcome instanceof DeleteOutcome.Absent
                    ? new DeleteOutcome.Failed(ErrorKind.NOT_FOUND, "wrong on purpose")
                    : outcome;
        });
    }

    /** One that is wrong about snapshots, and one that is so about volumes. */
    private static void deletion(String mutant, Function<Supplier<DeleteOutcome>, DeleteOutcome> wrong) {
        VolumeMutants.delete(mutant, (right, name, call) -> wrong.apply(() -> right.delete(name, call)));
        VolumeMutants.deleteVolume(
                mutant + ", of volumes", (right, name, call) -> wrong.apply(() -> right.deleteVolume(name, call)));
    }

    private static void inUse() {
        VolumeMutants.delete("VOL-17 takes a snapshot in use for a deleted one", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Failed ? new DeleteOutcome.Deleted() : outcome;
        });
        VolumeMutants.delete("VOL-17 says that a snapshot in use is locked", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Failed ? new DeleteOutcome.Locked(null) : outcome;
        });
    }

    private static <T> T lost(Supplier<T> call, Supplier<T> instead) {
        return when(ErrorKind.OUTCOME_UNKNOWN, call, instead);
    }

    private static <T> T when(ErrorKind kind, Supplier<T> call, Supplier<T> instead) {
        try {
            return call.get();
        } catch (ProviderException e) {
            if (e.kind() != kind) {
                throw e;
            }
            return instead.get();
        }
    }
}
