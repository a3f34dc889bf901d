package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.MutantParts.patient;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Snapshots of volumes that are wrong on purpose, each named for what it does and the requirement that it breaks. */
final class VolumeMutants {
    static final Map<String, UnaryOperator<VolumeSnapshots>> ALL = new LinkedHashMap<>();

    private VolumeMutants() {}

    /** How a verb goes wrong. */
    interface Request {
        Snapshot request(VolumeSnapshots right, String name, String volume, CallContext call);
    }

    interface Describe {
        Snapshot describe(VolumeSnapshots right, String name, CallContext call);
    }

    interface Delete {
        DeleteOutcome delete(VolumeSnapshots right, String name, CallContext call);
    }

    interface Listing {
        List<Snapshot> list(
                VolumeSnapshots right, Map<String, String> labels, @Nullable String after, CallContext call);
    }

    interface Make {
        Optional<String> make(VolumeSnapshots right, VolumeRequest wanted);
    }

    interface DeleteVolume {
        DeleteOutcome delete(VolumeSnapshots right, String name, CallContext call);
    }

    interface Volumes {
        List<String> volumes(
                VolumeSnapshots right, Map<String, String> labels, @Nullable String after, CallContext call);
    }

    static void request(String mutant, Request wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
                return wrong.request(right, name, volume, call);
            }
        });
    }

    static void describe(String mutant, Describe wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public Snapshot describe(String name, CallContext call) {
                return wrong.describe(right, name, call);
            }
        });
    }

    static void delete(String mutant, Delete wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public DeleteOutcome delete(String name, CallContext call) {
                return wrong.delete(right, name, call);
            }
        });
    }

    static void list(String mutant, Listing wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
                return wrong.list(right, labels, after, call);
            }
        });
    }

    static void make(String mutant, Make wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public Optional<String> materialize(VolumeRequest wanted, CallContext call) {
                return wrong.make(right, wanted);
            }
        });
    }

    static void deleteVolume(String mutant, DeleteVolume wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public DeleteOutcome deleteVolume(String name, CallContext call) {
                return wrong.delete(right, name, call);
            }
        });
    }

    static void volumes(String mutant, Volumes wrong) {
        ALL.put(mutant, right -> new WrongSnapshots(right) {
            @Override
            public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
                return wrong.volumes(right, labels, after, call);
            }
        });
    }

    static Snapshot asked(VolumeSnapshots right, String name, String volume, CallContext call) {
        return right.request(name, volume, VolumeSnapshotsContract.LABELS, call);
    }

    private static Snapshot in(Snapshot snapshot, State state, String note) {
        return new Snapshot(snapshot.name(), state, snapshot.percent(), snapshot.reason(), snapshot.labels(), note);
    }

    static {
        AtomicInteger counter = new AtomicInteger();
        request("VOL-01 makes another one when asked again", (right, name, volume, call) -> {
            Snapshot there = asked(right, name, volume, call);
            return there.state() == State.USABLE ? asked(right, name + "-again", volume, call) : there;
        });
        request(
                "VOL-01 refuses to be asked again",
                (right, name, volume, call) -> right.describe(name, call).state() == State.GONE
                        ? asked(right, name, volume, call)
                        : refuse(ErrorKind.ALREADY_EXISTS));
        request(
                "VOL-02 takes over another volume's name",
                (right, name, volume, call) -> right.describe(name, call).state() == State.GONE
                        ? asked(right, name, volume, call)
                        : right.describe(name, call));
        describe("VOL-03 says usable too soon", (right, name, call) -> {
            Snapshot there = right.describe(name, call);
            return there.state() == State.CUTTING ? in(there, State.USABLE, there.opaque()) : there;
        });
        describe("VOL-03 never tells that it is usable", (right, name, call) -> {
            Snapshot there = right.describe(name, call);
            return there.state() == State.USABLE ? in(there, State.CUT, there.opaque()) : there;
        });
        request("VOL-04 takes a limit for an outage", (right, name, volume, call) -> {
            try {
                return asked(right, name, volume, call);
            } catch (ProviderException e) {
                throw error(ErrorKind.UNAVAILABLE);
            }
        });
        request("VOL-04 keeps the wait to itself", (right, name, volume, call) -> {
            try {
                return asked(right, name, volume, call);
            } catch (ProviderException e) {
                throw error(e.kind());
            }
        });
        describe("VOL-05 does not find what is gone", (right, name, call) -> {
            Snapshot there = right.describe(name, call);
            return there.state() == State.GONE ? refuse(ErrorKind.NOT_FOUND) : there;
        });
        delete("VOL-05 only says that it deletes", (right, name, call) -> new DeleteOutcome.Deleted());
        delete("VOL-05 deletes what begins alike", (right, name, call) -> {
            right.list(Map.of(), null, call).stream()
                    .filter(each -> each.name().startsWith(name))
                    .forEach(each -> right.delete(each.name(), call));
            return right.delete(name, call);
        });
        delete("VOL-05 cannot delete what is absent", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Absent
                    ? new DeleteOutcome.Failed(ErrorKind.NOT_FOUND, "absent")
                    : outcome;
        });
        list("VOL-06 lists whatever there is", (right, labels, after, call) -> right.list(Map.of(), after, call));
        list(
                "VOL-06 knows one page only",
                (right, labels, after, call) -> after == null ? right.list(labels, null, call) : List.of());
        list("VOL-06 lists backwards", (right, labels, after, call) -> {
            List<Snapshot> page = new ArrayList<>(right.list(labels, after, call));
            Collections.reverse(page);
            return page;
        });
        make(
                "VOL-07 makes another volume each time",
                (right, wanted) -> right.materialize(wanted, Samples.CALL).map(id -> id + counter.incrementAndGet()));
        make(
                "VOL-07 makes it elsewhere where it cannot",
                (right, wanted) -> right.materialize(
                        new VolumeRequest(wanted.name(), wanted.snapshot(), Map.of(), wanted.labels()), Samples.CALL));
        describe("VOL-08 changes the note", (right, name, call) -> {
            Snapshot there = right.describe(name, call);
            return in(there, there.state(), "note " + counter.incrementAndGet());
        });
        request(
                "VOL-09 works for whoever has given up",
                (right, name, volume, call) -> asked(right, name, volume, patient(call)));
        delete("VOL-10 takes a lock for a deletion", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Locked ? new DeleteOutcome.Deleted() : outcome;
        });
        delete("VOL-10 makes the end of a lock up", (right, name, call) -> {
            DeleteOutcome outcome = right.delete(name, call);
            return outcome instanceof DeleteOutcome.Locked ? new DeleteOutcome.Locked(Instant.MAX) : outcome;
        });
        volumes();
        VolumeTroubleMutants.addAll();
    }

    private static void volumes() {
        make("VOL-07 takes over the name of another snapshot's volume", (right, wanted) -> {
            try {
                return right.materialize(wanted, Samples.CALL);
            } catch (ProviderException e) {
                if (e.kind() != ErrorKind.CONFLICT) {
                    throw e;
                }
                return Optional.of("volume-" + wanted.name());
            }
        });
        deleteVolume("VOL-11 only says that it deletes a volume", (right, name, call) -> new DeleteOutcome.Deleted());
        deleteVolume("VOL-11 says absent of what is there", (right, name, call) -> {
            var unused = right.deleteVolume(name, call);
            return new DeleteOutcome.Absent();
        });
        deleteVolume("VOL-11 takes the snapshot with the volume", (right, name, call) -> {
            var unused = right.delete("parix-b1-1-1", call);
            return right.deleteVolume(name, call);
        });
        deleteVolume("VOL-11 deletes volumes whose names begin alike", (right, name, call) -> {
            right.volumes(Map.of(), null, call).stream()
                    .filter(each -> each.startsWith(name))
                    .forEach(each -> right.deleteVolume(each, call));
            return right.deleteVolume(name, call);
        });
        deleteVolume("VOL-11 takes an attached volume for a deleted one", (right, name, call) -> {
            DeleteOutcome outcome = right.deleteVolume(name, call);
            return outcome instanceof DeleteOutcome.Failed ? new DeleteOutcome.Deleted() : outcome;
        });
        volumes(
                "VOL-12 lists volumes of any label",
                (right, labels, after, call) -> right.volumes(Map.of(), after, call));
        volumes("VOL-12 begins again at each page", (right, labels, after, call) -> right.volumes(labels, null, call));
        volumes(
                "VOL-12 lists snapshots for volumes",
                (right, labels, after, call) -> right.list(labels, after, call).stream()
                        .map(Snapshot::name)
                        .toList());
    }

    private static Snapshot refuse(ErrorKind kind) {
        throw error(kind);
    }
}
