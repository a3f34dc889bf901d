package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.AggregatedListDisksRequest;
import com.google.cloud.compute.v1.DeleteDiskRequest;
import com.google.cloud.compute.v1.DeleteRegionDiskRequest;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.DiskAggregatedList;
import com.google.cloud.compute.v1.InsertDiskRequest;
import com.google.cloud.compute.v1.InsertRegionDiskRequest;
import com.google.cloud.compute.v1.Operation;
import io.parix.backup.provider.gcp.ComputeOperations.What;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Disks that are made of snapshots, in one zone or in two of a region. A name is unique in its zone, so that asking again makes no
 * second one; they are found wherever they are. Safe for concurrent calls.
 */
final class GceDisks {
    private static final String MAKE = "compute.disks.create, compute.disks.setLabels, compute.snapshots.useReadOnly";
    private static final String DELETE = "compute.disks.delete";
    private static final String LIST = "compute.disks.list";
    private static final int PAGE = 500;

    private final ComputePlace place;
    private final ComputeOperations operations;
    private final Unheard unheard;

    GceDisks(ComputePlace place, ComputeOperations operations) {
        this.place = place;
        this.operations = operations;
        this.unheard = new Unheard(place.clock());
    }

    /**
     * A disk as Compute Engine describes it.
     *
     * @param name its name of ours; empty where it is none of ours
     * @param path which disk
     * @param snapshot the number of that of which it was made
     * @param status its word
     * @param attached whether a machine uses it
     * @param labels all of them
     */
    private record Found(
            String name, DiskPath path, String snapshot, String status, boolean attached, Map<String, String> labels) {
        static Optional<Found> of(Disk disk, String scope, String project) {
            String name = ComputeNames.DISK.name(disk.getName(), disk.getLabelsMap());
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Found(
                            name,
                            new DiskPath(project, scope, disk.getName()),
                            disk.getSourceSnapshotId(),
                            disk.getStatus(),
                            disk.getUsersCount() > 0,
                            disk.getLabelsMap()));
        }
    }

    /**
     * Makes a disk, unless it is there.
     *
     * @param wanted which
     * @param of its snapshot; usable
     * @param where it is to be
     * @param call the call
     * @return its path once it can be attached
     */
    Optional<String> make(VolumeRequest wanted, GceSnapshot of, DiskPlacement where, GcpCall call) {
        List<Found> found = named(wanted.name(), call);
        if (found.isEmpty()) {
            create(wanted, of, where, call);
            return Optional.empty();
        }
        unheard.forget(wanted.name());
        Found there = found.get(0);
        if (!there.snapshot().equals(of.id())) {
            throw refused(ErrorKind.CONFLICT, call, "there is " + there.path() + " of snapshot " + there.snapshot());
        }
        return switch (there.status()) {
            case "READY" -> Optional.of(there.path().toString());
            case "DELETING" -> throw refused(ErrorKind.CONFLICT, call, there.path() + " of this name is being deleted");
            case "FAILED" -> throw failed(there, call);
            default -> Optional.empty();
        };
    }

    private ProviderException failed(Found there, GcpCall call) {
        String why = operations
                .ofDisk(there.path().name(), What.MAKING, call)
                .filter(ComputeOperations::hasFailed)
                .map(each -> ": " + ComputeErrors.words(each))
                .orElse(".");
        return new ProviderException(
                ErrorKind.INVALID_REQUEST,
                "Failed " + call.doing() + ": Compute Engine could not make " + there.path() + why);
    }

    private static ProviderException refused(ErrorKind kind, GcpCall call, String fact) {
        return new ProviderException(kind, "Failed " + call.doing() + ": " + fact + ".");
    }

    private void create(VolumeRequest wanted, GceSnapshot of, DiskPlacement where, GcpCall call) {
        String permission = MAKE + (where.kmsKey() == null ? "" : ", and its service agent the use of the KMS key");
        Optional<Operation> latest = operations.ofDisk(ComputeNames.resource(wanted.name()), What.MAKING, call);
        if (latest.filter(ComputeOperations::isUnderWay).isPresent()) {
            return;
        }
        latest.flatMap(operations::counts).ifPresent(wait -> {
            throw asked(place.errors().of(call, permission, latest.get(), wait));
        });
        try {
            Operation made = place.change(call, permission, () -> insert(wanted, of, where));
            if (ComputeOperations.hasFailed(made)) {
                throw place.errors().of(call, permission, made, ComputeErrors.patience(made));
            }
            unheard.remember(wanted.name());
        } catch (ProviderException e) {
            if (Unheard.mayBeDone(call, e)) {
                unheard.remember(wanted.name());
            }
            throw e.kind() == ErrorKind.ALREADY_EXISTS
                    ? refused(ErrorKind.CONFLICT, call, "there is a disk of this name which is not ours")
                    : asked(e);
        }
    }

    /** The snapshot was just seen, so what is not found is the place or the type. */
    private static ProviderException asked(ProviderException e) {
        return e.kind() == ErrorKind.NOT_FOUND
                ? new ProviderException(ErrorKind.INVALID_REQUEST, e.getMessage() + " Look at the placement.")
                : e;
    }

    private Operation insert(VolumeRequest wanted, GceSnapshot of, DiskPlacement where) {
        Disk disk = where.in(Disk.newBuilder(), place.project())
                .setName(ComputeNames.resource(wanted.name()))
                .setDescription("Parix Backup " + wanted.name())
                .setSourceSnapshot("projects/" + place.project() + "/global/snapshots/" + of.resource())
                .putAllLabels(ComputeNames.DISK.labels(wanted.name(), wanted.labels()))
                .build();
        DiskPath path = new DiskPath(place.project(), where.place(), disk.getName());
        return path.regional()
                ? ComputePlace.now(
                        place.clients().regionDisks().insertCallable(),
                        InsertRegionDiskRequest.newBuilder()
                                .setProject(place.project())
                                .setRegion(path.where())
                                .setDiskResource(disk)
                                .build())
                : ComputePlace.now(
                        place.clients().disks().insertCallable(),
                        InsertDiskRequest.newBuilder()
                                .setProject(place.project())
                                .setZone(path.where())
                                .setDiskResource(disk)
                                .build());
    }

    /**
     * Deletes the disk of a name.
     *
     * @param name which
     * @param call the call
     * @return what became of it
     */
    DeleteOutcome delete(String name, GcpCall call) {
        List<Found> found = named(name, call);
        if (found.isEmpty()) {
            requireSilence(name, call);
            return new DeleteOutcome.Absent();
        }
        unheard.forget(name);
        DeleteOutcome outcome = new DeleteOutcome.Absent();
        for (Found each : found) {
            DeleteOutcome of = delete(each, call);
            if (of instanceof DeleteOutcome.Failed) {
                return of;
            }
            outcome = of instanceof DeleteOutcome.Deleted ? of : outcome;
        }
        return outcome;
    }

    private void requireSilence(String name, GcpCall call) {
        Optional<Operation> latest = operations.ofDisk(ComputeNames.resource(name), What.MAKING, call);
        if (latest.filter(ComputeOperations::isUnderWay).isPresent()) {
            throw ComputeOperations.waiting(call, latest.get().getName());
        }
        if (latest.isPresent()) {
            unheard.forget(name);
        }
        unheard.requireSettled(name, call);
    }

    private DeleteOutcome delete(Found disk, GcpCall call) {
        if (disk.attached()) {
            return new DeleteOutcome.Failed(ErrorKind.IN_USE, disk.path() + " is attached.");
        }
        if (disk.status().equals("DELETING")) {
            return new DeleteOutcome.Deleted();
        }
        Optional<Operation> before = operations.ofDisk(disk.path().name(), What.DELETING, call);
        if (before.filter(ComputeOperations::isUnderWay).isPresent()) {
            return new DeleteOutcome.Deleted();
        }
        return Removal.of(place, call, DELETE, before, () -> remove(disk.path()));
    }

    private Operation remove(DiskPath path) {
        return path.regional()
                ? ComputePlace.now(
                        place.clients().regionDisks().deleteCallable(),
                        DeleteRegionDiskRequest.newBuilder()
                                .setProject(path.project())
                                .setRegion(path.where())
                                .setDisk(path.name())
                                .build())
                : ComputePlace.now(
                        place.clients().disks().deleteCallable(),
                        DeleteDiskRequest.newBuilder()
                                .setProject(path.project())
                                .setZone(path.where())
                                .setDisk(path.name())
                                .build());
    }

    /**
     * The names of disks with labels.
     *
     * @param labels all must match
     * @param after only names after this one, or null
     * @param call the call
     * @return at most a page's worth in order
     */
    List<String> names(Map<String, String> labels, @Nullable String after, GcpCall call) {
        TreeSet<String> names = new TreeSet<>();
        each(ComputeNames.DISK.labelled(labels), call, disk -> {
            boolean asked = disk.labels().entrySet().containsAll(labels.entrySet());
            if (asked && (after == null || disk.name().compareTo(after) > 0)) {
                names.add(disk.name());
                if (names.size() > ObjectStore.MAX_PAGE) {
                    names.pollLast();
                }
            }
        });
        return List.copyOf(names);
    }

    private List<Found> named(String name, GcpCall call) {
        List<Found> found = new ArrayList<>();
        each(ComputeNames.DISK.named(name), call, disk -> {
            if (disk.name().equals(name)) {
                found.add(disk);
            }
        });
        found.sort(Comparator.comparing(each -> each.path().toString()));
        return found;
    }

    private void each(String filter, GcpCall call, Consumer<Found> found) {
        place.pages(
                call,
                LIST,
                token -> ComputePlace.now(
                        place.clients().disks().aggregatedListCallable(),
                        AggregatedListDisksRequest.newBuilder()
                                .setProject(place.project())
                                .setFilter(filter)
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build()),
                DiskAggregatedList::getNextPageToken,
                page -> {
                    ComputePlace.requireWhole(call, page.getWarning());
                    ComputePlace.requireReached(call, page.getUnreachablesList());
                    page.getItemsMap().forEach((scope, disks) -> {
                        ComputePlace.requireWhole(call, disks.getWarning());
                        disks.getDisksList().stream()
                                .map(each -> Found.of(each, scope, place.project()))
                                .forEach(each -> each.ifPresent(found));
                    });
                });
    }
}
