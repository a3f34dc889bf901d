package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.VolumeMutants.asked;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Snapshots of volumes that are wrong about what they do not claim and about trouble; {@link VolumeMutants} takes them up. */
final class VolumeTroubleMutants {
    private VolumeTroubleMutants() {}

    static void addAll() {
        unclaimed();
        lost();
        refusals();
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

    private static void lost() {
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

    private static void refusals() {
        VolumeMutants.request(
                "VOL-15 answers unavailable when forbidden",
                (right, name, volume, call) -> when(ErrorKind.DENIED, () -> asked(right, name, volume, call), () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        VolumeMutants.request(
                "VOL-16 says unavailable of what it has made",
                (right, name, volume, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> asked(right, name, volume, call), () -> {
                            throw error(ErrorKind.UNAVAILABLE);
                        }));
        VolumeMutants.request(
                "VOL-16 answers as if it were there, and it is not",
                (right, name, volume, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> asked(right, name, volume, call), () -> {
                            Snapshot made = right.describe(name, call);
                            var unused = right.delete(name, call);
                            return made;
                        }));
        VolumeMutants.request("VOL-16 makes another one when asked again", (right, name, volume, call) -> {
            if (right.describe(name, call).state() != State.GONE) {
                var unused = asked(right, name + "-again", volume, call);
            }
            return asked(right, name, volume, call);
        });
        VolumeMutants.delete("VOL-17 takes a snapshot in use for a deleted one", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Failed ? new DeleteOutcome.Deleted() : outcome;
        });
        VolumeMutants.delete("VOL-17 says that a snapshot in use is locked", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Failed ? new DeleteOutcome.Locked(null) : outcome;
        });
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
