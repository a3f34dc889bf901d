package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.DeleteDiskRequest;
import com.google.cloud.compute.v1.DeleteRegionDiskRequest;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.InsertDiskRequest;
import com.google.cloud.compute.v1.InsertRegionDiskRequest;
import com.google.cloud.compute.v1.Operation;
import io.parix.backup.provider.gcp.ComputeOperations.What;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ErrorKind.Reaction;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Disks that are made of snapshots, in one zone or in two of a region. A name is unique in its zone, so that asking again makes no
 * second one there; they are deleted wherever they are. Safe for concurrent calls.
 */
final class GceDisks {
    private static final String MAKE = "compute.disks.create, compute.disks.setLabels, compute.snapshots.useReadOnly";
    private static final String DELETE = "compute.disks.delete";

    private final ComputePlace place;
    private final ComputeOperations operations;
    private final DiskSearch search;
    private final Unheard unheard;

    GceDisks(ComputePlace place, ComputeOperations operations) {
        this.place = place;
        this.operations = operations;
        this.search = new DiskSearch(place);
        this.unheard = new Unheard(place.clock());
    }

    /**
     * Makes a disk, unless it is there. Asks the zone or the region of the placement only, so that an outage of another one does
     * not hinder.
     *
     * @param wanted which
     * @param of its snapshot; usable
     * @param where it is to be
     * @param call the call
     * @return its path once it can be attached
     */
    Optional<String> make(VolumeRequest wanted, GceSnapshot of, DiskPlacement where, GcpCall call) {
        DiskPath path = new DiskPath(place.project(), where.place(), ComputeNames.resource(wanted.name()));
        Optional<GceDisk> there = search.at(path, call);
        return there.isPresent() ? judged(there.get(), wanted, of, call) : create(wanted, of, where, path, call);
    }

    private Optional<String> judged(GceDisk there, VolumeRequest wanted, GceSnapshot of, GcpCall call) {
        if (!there.name().equals(wanted.name())) {
            throw refused(ErrorKind.CONFLICT, call, "there is " + there.path() + ", which is not ours");
        }
        unheard.forget(wanted.name());
        if (!there.snapshot().equals(of.id())) {
            throw refused(ErrorKind.CONFLICT, call, "there is " + there.path() + " of snapshot " + there.snapshot());
        }
        return switch (there.status()) {
            case "READY" -> Optional.of(there.path().toString());
            case "DELETING" -> going(there, call);
            case "FAILED" -> failed(there, MAKE, call);
            default -> Optional.empty();
        };
    }

    /** What a limit has left failed goes before it is asked for anew; anything else that goes was somebody's. */
    private Optional<String> going(GceDisk there, GcpCall call) {
        boolean left = operations
                .ofDisk(there.path(), What.MAKING, call)
                .filter(ComputeOperations::hasFailed)
                .filter(each -> ComputeErrors.kindOf(each).reaction() == Reaction.WAIT)
                .isPresent();
        if (!left) {
            throw refused(ErrorKind.CONFLICT, call, there.path() + " of this name is being deleted");
        }
        return Optional.empty();
    }

    /** A limit, or a zone without room, delays (spec A6): once that has passed what is left goes, so that it can be asked for anew. */
    private Optional<String> failed(GceDisk there, String permission, GcpCall call) {
        Optional<Operation> why =
                operations.ofDisk(there.path(), What.MAKING, call).filter(ComputeOperations::hasFailed);
        if (why.isEmpty() || ComputeErrors.kindOf(why.get()).reaction() != Reaction.WAIT) {
            String fact = why.map(each -> ": " + ComputeErrors.words(each)).orElse(".");
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Failed " + call.doing() + ": Compute Engine could not make " + there.path() + fact);
        }
        operations.counts(why.get()).ifPresent(wait -> {
            throw place.errors().of(call, permission, why.get(), wait);
        });
        DeleteOutcome gone = delete(there, call);
        if (gone instanceof DeleteOutcome.Failed failed) {
            throw refused(failed.kind(), call, there.path() + " has failed and cannot be removed, " + failed.message());
        }
        return Optional.empty();
    }

    private static ProviderException refused(ErrorKind kind, GcpCall call, String fact) {
        return new ProviderException(kind, "Failed " + call.doing() + ": " + fact + ".");
    }

    private Optional<String> create(
            VolumeRequest wanted, GceSnapshot of, DiskPlacement where, DiskPath path, GcpCall call) {
        String permission = MAKE + (where.kmsKey() == null ? "" : ", and its service agent the use of the KMS key");
        try {
            Optional<Operation> latest = operations.ofDisk(path, What.MAKING, call);
            if (latest.filter(ComputeOperations::isUnderWay).isPresent()) {
                return Optional.empty();
            }
            latest.flatMap(operations::counts).ifPresent(wait -> {
                throw place.errors().of(call, permission, latest.get(), wait);
            });
            ask(wanted.name(), unheard.asking(latest), permission, () -> insert(wanted, of, where, path), call);
            return Optional.empty();
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.ALREADY_EXISTS) {
                throw asked(e);
            }
            // Somebody was faster, for us or not. Where nothing is to be seen of it yet, the next look tells.
            return search.at(path, call).flatMap(there -> judged(there, wanted, of, call));
        }
    }

    private void ask(String name, Unheard.Asked asked, String permission, Supplier<Operation> insert, GcpCall call) {
        try {
            Operation made = place.change(call, permission, insert);
            if (ComputeOperations.hasFailed(made)) {
                throw place.errors().of(call, permission, made, ComputeErrors.patience(made));
            }
            unheard.remember(name, asked.as(made.getName()));
        } catch (ProviderException e) {
            if (Unheard.mayBeDone(call, e)) {
                unheard.remember(name, asked);
            }
            throw e;
        }
    }

    /** The snapshot was just seen, so what is not found is the place or the type. */
    private static ProviderException asked(ProviderException e) {
        return e.kind() == ErrorKind.NOT_FOUND
                ? new ProviderException(ErrorKind.INVALID_REQUEST, e.getMessage() + " Look at the placement.")
                : e;
    }

    private Operation insert(VolumeRequest wanted, GceSnapshot of, DiskPlacement where, DiskPath path) {
        Disk disk = where.in(Disk.newBuilder(), place.project())
                .setName(path.name())
                .setDescription("Parix Backup " + wanted.name())
                .setSourceSnapshot("projects/" + place.project() + "/global/snapshots/" + of.resource())
                .putAllLabels(ComputeNames.DISK.labels(wanted.name(), wanted.labels()))
                .build();
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
        List<GceDisk> found = look(name, call);
        if (!found.isEmpty()) {
            unheard.forget(name);
        }
        DeleteOutcome outcome = new DeleteOutcome.Absent();
        for (GceDisk each : found) {
            DeleteOutcome of = delete(each, call);
            if (of instanceof DeleteOutcome.Failed) {
                return of;
            }
            outcome = of instanceof DeleteOutcome.Deleted ? of : outcome;
        }
        return outcome;
    }

    /** Refuses to say that there are none while one may come. */
    private List<GceDisk> look(String name, GcpCall call) {
        List<GceDisk> found = search.named(name, call);
        if (!found.isEmpty()) {
            return found;
        }
        Optional<Operation> latest = operations.ofDisks(ComputeNames.resource(name), What.MAKING, call);
        if (latest.filter(ComputeOperations::isUnderWay).isPresent()) {
            throw ComputeOperations.waiting(call, latest.get().getName());
        }
        latest.ifPresent(each -> unheard.hear(name, each));
        unheard.requireSettled(name, call);
        // Between the two looks one may have begun and ended.
        boolean made = latest.isPresent() && !ComputeOperations.hasFailed(latest.get());
        return made ? search.named(name, call) : found;
    }

    private DeleteOutcome delete(GceDisk disk, GcpCall call) {
        if (disk.attached()) {
            return new DeleteOutcome.Failed(ErrorKind.IN_USE, disk.path() + " is attached.");
        }
        if (disk.goes()) {
            return new DeleteOutcome.Deleted();
        }
        Optional<Operation> before = operations.ofDisk(disk.path(), What.DELETING, call);
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
        return search.names(labels, after, call);
    }
}
