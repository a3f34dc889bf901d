package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.DeleteSnapshotRequest;
import com.google.cloud.compute.v1.InsertSnapshotRequest;
import com.google.cloud.compute.v1.Operation;
import io.parix.backup.provider.gcp.ComputeOperations.What;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of disks of Compute Engine, one of a name, since names are unique in a project.
 *
 * <p>A request is accepted as an operation, and refused at a limit when that runs. So a name is <em>throttled</em> until its snapshot is
 * there: a limit then delays the request (spec A6) and does not fail what was taken for made. Safe for concurrent calls.
 */
final class GcpVolumeSnapshots implements VolumeSnapshots {
    private static final String MAKE =
            "compute.snapshots.create, compute.snapshots.setLabels, compute.disks.createSnapshot";
    private static final String DELETE = "compute.snapshots.delete";

    private final ComputePlace place;
    private final ComputeOperations operations;
    private final SnapshotSearch search;
    private final GceDisks disks;
    private final Unheard unheard;

    private GcpVolumeSnapshots(ComputePlace place) {
        this.place = place;
        this.operations = new ComputeOperations(place);
        this.search = new SnapshotSearch(place);
        this.disks = new GceDisks(place, operations);
        this.unheard = new Unheard(place.clock());
    }

    /** {@return the snapshots of a place; makes no request} */
    static VolumeSnapshots of(GcpPlace place, GcpConfig.Volumes volumes) {
        return new GcpVolumeSnapshots(ComputePlace.open(place, volumes));
    }

    @Override
    public VolumeSnapshots.Snapshot request(
            String name, String volume, Map<String, String> labels, CallContext context) {
        GcpCall call = place.begin(context, "asking for snapshot " + name);
        ComputeNames.requireName(name, call);
        ComputeNames.requireLabels(labels, call);
        DiskPath disk = DiskPath.required(volume, place.project(), call);
        Optional<GceSnapshot> there = search.called(name, call);
        GceSnapshot found = there.isPresent() ? there.get() : create(name, disk, labels, call);
        if (!found.name().equals(name)) {
            throw conflict(call, "there is " + found.resource() + ", which is not ours");
        }
        if (!found.disk().equals(disk.toString())) {
            throw conflict(call, "there is " + found.resource() + " of " + found.disk());
        }
        unheard.forget(name);
        return found.describe();
    }

    private static ProviderException conflict(GcpCall call, String fact) {
        return new ProviderException(ErrorKind.CONFLICT, "Failed " + call.doing() + ": " + fact + ".");
    }

    private GceSnapshot create(String name, DiskPath disk, Map<String, String> labels, GcpCall call) {
        Optional<Operation> latest = operations.ofSnapshot(ComputeNames.resource(name), What.MAKING, call);
        latest.ifPresent(each -> requireNothingOf(each, call));
        Unheard.Asked asked = unheard.asking(latest);
        String accepted;
        try {
            Operation made = place.change(
                    call,
                    MAKE,
                    () -> ComputePlace.now(
                            place.clients().snapshots().insertCallable(),
                            InsertSnapshotRequest.newBuilder()
                                    .setProject(place.project())
                                    .setSnapshotResource(GceSnapshot.wanted(name, disk, labels, place.locations()))
                                    .build()));
            requireNothingOf(made, call, ComputeErrors.patience(made));
            accepted = made.getName();
        } catch (ProviderException e) {
            if (Unheard.mayBeDone(call, e)) {
                unheard.remember(name, asked);
            }
            return lookedAfter(name, e, call);
        }
        unheard.remember(name, asked.as(accepted));
        return search.called(name, call).orElseThrow(() -> ComputeOperations.waiting(call, accepted));
    }

    /** Of a request whose answer does not tell; a look that fails takes nothing back. */
    private GceSnapshot lookedAfter(String name, ProviderException e, GcpCall call) {
        if (e.kind() == ErrorKind.ALREADY_EXISTS) {
            return search.called(name, call).orElseThrow(() -> ComputeOperations.waiting(call, "of somebody else"));
        }
        if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
            throw e;
        }
        try {
            return search.called(name, call).orElseThrow(() -> e);
        } catch (ProviderException look) {
            throw e;
        }
    }

    /** What is under way is waited for, and what has failed a short while ago is told, and not asked for again. */
    private void requireNothingOf(Operation latest, GcpCall call) {
        if (ComputeOperations.isUnderWay(latest)) {
            throw ComputeOperations.waiting(call, latest.getName());
        }
        operations.counts(latest).ifPresent(wait -> requireNothingOf(latest, call, wait));
    }

    private void requireNothingOf(Operation latest, GcpCall call, Duration wait) {
        if (ComputeOperations.hasFailed(latest)) {
            throw place.errors().of(call, MAKE, latest, wait);
        }
    }

    @Override
    public VolumeSnapshots.Snapshot describe(String name, CallContext context) {
        GcpCall call = place.begin(context, "describing snapshot " + name);
        ComputeNames.requireName(name, call);
        Look look = look(name, call);
        if (look.found().isPresent()) {
            return look.found().get().describe();
        }
        String failure = look.latest()
                .filter(latest -> operations.counts(latest).isPresent() && ComputeErrors.isFinal(latest))
                .map(ComputeErrors::words)
                .orElse("");
        return new VolumeSnapshots.Snapshot(
                name, failure.isEmpty() ? State.GONE : State.FAILED, 0, failure, Map.of(), "");
    }

    /**
     * What is to be seen of a name.
     *
     * @param found the snapshot
     * @param latest the latest operation that should have made one; looked for where there is none
     */
    private record Look(Optional<GceSnapshot> found, Optional<Operation> latest) {}

    /** Between a look for the snapshot and one for its operation it may begin and end; so one that has ended is looked after. */
    private Look look(String name, GcpCall call) {
        Optional<GceSnapshot> found = ours(name, call);
        if (found.isPresent()) {
            return new Look(found, Optional.empty());
        }
        Optional<Operation> latest = silent(name, call);
        boolean made = latest.isPresent() && !ComputeOperations.hasFailed(latest.get());
        return new Look(made ? ours(name, call) : found, latest);
    }

    private Optional<GceSnapshot> ours(String name, GcpCall call) {
        Optional<GceSnapshot> found =
                search.called(name, call).filter(each -> each.name().equals(name));
        found.ifPresent(each -> unheard.forget(name));
        return found;
    }

    /** Refuses to say that there is none while one may come; gives the latest operation that should have made one. */
    private Optional<Operation> silent(String name, GcpCall call) {
        Optional<Operation> latest = operations.ofSnapshot(ComputeNames.resource(name), What.MAKING, call);
        if (latest.filter(ComputeOperations::isUnderWay).isPresent()) {
            throw ComputeOperations.waiting(call, latest.get().getName());
        }
        latest.ifPresent(each -> unheard.hear(name, each));
        unheard.requireSettled(name, call);
        return latest;
    }

    @Override
    public DeleteOutcome delete(String name, CallContext context) {
        GcpCall call = place.begin(context, "deleting snapshot " + name);
        ComputeNames.requireName(name, call);
        Optional<GceSnapshot> found = look(name, call).found();
        if (found.isEmpty()) {
            return new DeleteOutcome.Absent();
        }
        if (found.get().goes()) {
            return new DeleteOutcome.Deleted();
        }
        Optional<Operation> before = operations.ofSnapshot(found.get().resource(), What.DELETING, call);
        if (before.filter(ComputeOperations::isUnderWay).isPresent()) {
            return new DeleteOutcome.Deleted();
        }
        return Removal.of(
                place,
                call,
                DELETE,
                before,
                () -> ComputePlace.now(
                        place.clients().snapshots().deleteCallable(),
                        DeleteSnapshotRequest.newBuilder()
                                .setProject(place.project())
                                .setSnapshot(found.get().resource())
                                .build()));
    }

    @Override
    public List<VolumeSnapshots.Snapshot> list(
            Map<String, String> labels, @Nullable String after, CallContext context) {
        GcpCall call = place.begin(context, "listing snapshots");
        ComputeNames.requireLabels(labels, call);
        return search.labelled(labels, after, call).stream()
                .map(GceSnapshot::describe)
                .toList();
    }

    @Override
    public Optional<String> materialize(VolumeRequest wanted, CallContext context) {
        GcpCall call = place.begin(context, "making volume " + wanted.name() + " of snapshot " + wanted.snapshot());
        ComputeNames.requireName(wanted.name(), call);
        ComputeNames.requireName(wanted.snapshot(), call);
        ComputeNames.requireLabels(wanted.labels(), call);
        DiskPlacement where = DiskPlacement.of(wanted.placement(), call);
        Optional<GceSnapshot> of = ours(wanted.snapshot(), call);
        if (of.isEmpty() || of.get().state() != State.USABLE) {
            String fact =
                    of.map(each -> each.resource() + " is " + each.status()).orElse("there is no such snapshot");
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
        }
        return disks.make(wanted, of.get(), where, call);
    }

    @Override
    public DeleteOutcome deleteVolume(String name, CallContext context) {
        GcpCall call = place.begin(context, "deleting volume " + name);
        ComputeNames.requireName(name, call);
        return disks.delete(name, call);
    }

    @Override
    public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext context) {
        GcpCall call = place.begin(context, "listing volumes");
        ComputeNames.requireLabels(labels, call);
        return disks.names(labels, after, call);
    }
}
