package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.AggregatedListDisksRequest;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.DiskAggregatedList;
import com.google.cloud.compute.v1.GetDiskRequest;
import com.google.cloud.compute.v1.GetRegionDiskRequest;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds disks: one where it is known to be, all of them wherever they are. Safe for concurrent calls. */
final class DiskSearch {
    private static final int PAGE = 500;

    private final ComputePlace place;

    DiskSearch(ComputePlace place) {
        this.place = place;
    }

    /**
     * The disk of a path, ours or not. Asks the zone or the region of the path, and no other.
     *
     * @param path which
     * @param call the call
     * @return it; empty where there is none
     */
    Optional<GceDisk> at(DiskPath path, GcpCall call) {
        try {
            Disk found = place.ask(call, "compute.disks.get", () -> get(path));
            return Optional.of(GceDisk.of(found, path.place(), path.project()));
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Disk get(DiskPath path) {
        return path.regional()
                ? ComputePlace.now(
                        place.clients().regionDisks().getCallable(),
                        GetRegionDiskRequest.newBuilder()
                                .setProject(path.project())
                                .setRegion(path.where())
                                .setDisk(path.name())
                                .build())
                : ComputePlace.now(
                        place.clients().disks().getCallable(),
                        GetDiskRequest.newBuilder()
                                .setProject(path.project())
                                .setZone(path.where())
                                .setDisk(path.name())
                                .build());
    }

    /**
     * Those of ours with a name.
     *
     * @param name the name
     * @param call the call
     * @return in order of their paths
     */
    List<GceDisk> named(String name, GcpCall call) {
        List<GceDisk> found = new ArrayList<>();
        each(ComputeNames.DISK.named(name), call, disk -> {
            if (disk.name().equals(name)) {
                found.add(disk);
            }
        });
        found.sort(Comparator.comparing(each -> each.path().toString()));
        return found;
    }

    /**
     * The names of those of ours with labels.
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

    private void each(String filter, GcpCall call, Consumer<GceDisk> ours) {
        place.pages(
                call,
                "compute.disks.list",
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
                                .map(each -> GceDisk.of(each, scope, place.project()))
                                .filter(GceDisk::isOurs)
                                .forEach(ours);
                    });
                });
    }
}
