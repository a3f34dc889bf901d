package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.AggregatedListGlobalOperationsRequest;
import com.google.cloud.compute.v1.ListGlobalOperationsRequest;
import com.google.cloud.compute.v1.ListRegionOperationsRequest;
import com.google.cloud.compute.v1.ListZoneOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationAggregatedList;
import com.google.cloud.compute.v1.OperationList;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is under way about a name, or ended a short while ago. Compute Engine accepts a request, and does it later: until then nothing
 * that is not there is known not to come. It lists its operations, so this needs no memory. Safe for concurrent calls.
 */
final class ComputeOperations {
    /** After what time it is worth to look again whether something that was accepted has begun. */
    static final Duration SOON = Duration.ofSeconds(2);

    private static final String GLOBAL = "compute.globalOperations.list";
    private static final String ALL =
            "compute.globalOperations.list, compute.zoneOperations.list, compute.regionOperations.list";
    private static final int PAGE = 500;

    private final ComputePlace place;

    ComputeOperations(ComputePlace place) {
        this.place = place;
    }

    /** What was asked about a resource. */
    enum What {
        /** That it be made. */
        MAKING("insert|createSnapshot"),
        /** That it be deleted. */
        DELETING("delete");

        private final String types;

        What(String types) {
            this.types = types;
        }

        private boolean is(Operation operation) {
            return operation.getOperationType().matches(types);
        }
    }

    /**
     * The latest operation of a snapshot.
     *
     * @param resource what it is called at Compute Engine
     * @param what was asked
     * @param call the call
     * @return it; empty where there is none
     */
    Optional<Operation> ofSnapshot(String resource, What what, GcpCall call) {
        List<Operation> found = new ArrayList<>();
        String target = "/global/snapshots/" + resource;
        place.pages(
                call,
                GLOBAL,
                token -> ComputePlace.now(
                        place.clients().operations().listCallable(),
                        ListGlobalOperationsRequest.newBuilder()
                                .setProject(place.project())
                                .setFilter(filter(target))
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build()),
                OperationList::getNextPageToken,
                page -> {
                    ComputePlace.requireWhole(call, page.getWarning());
                    found.addAll(page.getItemsList());
                });
        return latest(found, target, what);
    }

    /**
     * The latest operation of a disk, as its zone or its region knows it.
     *
     * @param path which disk
     * @param what was asked
     * @param call the call
     * @return it; empty where there is none
     */
    Optional<Operation> ofDisk(DiskPath path, What what, GcpCall call) {
        List<Operation> found = new ArrayList<>();
        String target = "/" + path.place() + "/disks/" + path.name();
        place.pages(
                call,
                path.regional() ? "compute.regionOperations.list" : "compute.zoneOperations.list",
                token -> page(path, target, token),
                OperationList::getNextPageToken,
                page -> {
                    ComputePlace.requireWhole(call, page.getWarning());
                    found.addAll(page.getItemsList());
                });
        return latest(found, target, what);
    }

    private OperationList page(DiskPath path, String target, String token) {
        return path.regional()
                ? ComputePlace.now(
                        place.clients().regionOperations().listCallable(),
                        ListRegionOperationsRequest.newBuilder()
                                .setProject(path.project())
                                .setRegion(path.where())
                                .setFilter(filter(target))
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build())
                : ComputePlace.now(
                        place.clients().zoneOperations().listCallable(),
                        ListZoneOperationsRequest.newBuilder()
                                .setProject(path.project())
                                .setZone(path.where())
                                .setFilter(filter(target))
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build());
    }

    /**
     * The latest operation of the disks that are called so, in whichever zone or region.
     *
     * @param resource what it is called at Compute Engine
     * @param what was asked
     * @param call the call
     * @return it; empty where there is none
     */
    Optional<Operation> ofDisks(String resource, What what, GcpCall call) {
        List<Operation> found = new ArrayList<>();
        String target = "/disks/" + resource;
        place.pages(
                call,
                ALL,
                token -> ComputePlace.now(
                        place.clients().operations().aggregatedListCallable(),
                        AggregatedListGlobalOperationsRequest.newBuilder()
                                .setProject(place.project())
                                .setFilter(filter(target))
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build()),
                OperationAggregatedList::getNextPageToken,
                page -> {
                    ComputePlace.requireWhole(call, page.getWarning());
                    ComputePlace.requireReached(call, page.getUnreachablesList());
                    page.getItemsMap().values().forEach(scope -> {
                        ComputePlace.requireWhole(call, scope.getWarning());
                        found.addAll(scope.getOperationsList());
                    });
                });
        return latest(found, target, what);
    }

    /** Addresses begin with one of several hosts, so the filter is an expression (RE2) for the whole of them. */
    private static String filter(String target) {
        return "targetLink eq \".*" + target + "\"";
    }

    /** One that only found the name taken says nothing of the one that has taken it. */
    private static Optional<Operation> latest(List<Operation> found, String target, What what) {
        return found.stream()
                .filter(each -> each.getTargetLink().endsWith(target) && what.is(each))
                .filter(each -> !hasFailed(each) || ComputeErrors.kindOf(each) != ErrorKind.ALREADY_EXISTS)
                .max(Comparator.comparing(ComputeOperations::begun));
    }

    /** {@return when a request for it was accepted} */
    static Instant begun(Operation operation) {
        return instant(operation.getInsertTime());
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    static boolean isUnderWay(Operation operation) {
        return operation.getStatus() != Operation.Status.DONE;
    }

    static boolean hasFailed(Operation operation) {
        return operation.getStatus() == Operation.Status.DONE
                && (operation.getError().getErrorsCount() > 0 || operation.getHttpErrorStatusCode() >= 400);
    }

    /**
     * How long the failure of an operation is still the answer to its request: a limit until it has passed, what no time mends for a
     * while, so that whoever asks again hears why.
     *
     * @param operation which
     * @return how long; empty where it has not failed, or that is over
     */
    Optional<Duration> counts(Operation operation) {
        if (!hasFailed(operation)) {
            return Optional.empty();
        }
        Duration left = Duration.between(
                place.clock().instant(), instant(operation.getEndTime()).plus(ComputeErrors.patience(operation)));
        return Optional.of(left).filter(each -> !each.isNegative() && !each.isZero());
    }

    /** {@return that something was accepted and is not there yet} */
    static ProviderException waiting(GcpCall call, String operation) {
        return ProviderException.throttled(
                "Waiting with " + call.doing() + ": Compute Engine has accepted operation " + operation
                        + " and has not begun it.",
                SOON,
                null);
    }
}
