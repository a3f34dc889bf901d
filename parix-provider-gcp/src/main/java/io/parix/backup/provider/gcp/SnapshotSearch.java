package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.GetSnapshotRequest;
import com.google.cloud.compute.v1.ListSnapshotsRequest;
import com.google.cloud.compute.v1.SnapshotList;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds snapshots by their names and by their labels. Safe for concurrent calls. */
final class SnapshotSearch {
    private static final int PAGE = 500;

    private final ComputePlace place;

    SnapshotSearch(ComputePlace place) {
        this.place = place;
    }

    /**
     * The snapshot that is called as one of a name is, ours or not.
     *
     * @param name the name
     * @param call the call
     * @return it; empty where there is none
     */
    Optional<GceSnapshot> called(String name, GcpCall call) {
        try {
            return Optional.of(GceSnapshot.of(
                    place.ask(
                            call,
                            "compute.snapshots.get",
                            () -> ComputePlace.now(
                                    place.clients().snapshots().getCallable(),
                                    GetSnapshotRequest.newBuilder()
                                            .setProject(place.project())
                                            .setSnapshot(ComputeNames.resource(name))
                                            .build())),
                    place.project()));
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Those of ours with labels.
     *
     * @param labels all must match
     * @param after only names after this one, or null
     * @param call the call
     * @return at most a page's worth in order of name
     */
    List<GceSnapshot> labelled(Map<String, String> labels, @Nullable String after, GcpCall call) {
        NavigableMap<String, GceSnapshot> byName = new TreeMap<>();
        place.pages(
                call,
                "compute.snapshots.list",
                token -> ComputePlace.now(
                        place.clients().snapshots().listCallable(),
                        ListSnapshotsRequest.newBuilder()
                                .setProject(place.project())
                                .setFilter(ComputeNames.SNAPSHOT.labelled(labels))
                                .setMaxResults(PAGE)
                                .setPageToken(token)
                                .build()),
                SnapshotList::getNextPageToken,
                page -> {
                    ComputePlace.requireWhole(call, page.getWarning());
                    page.getItemsList().stream()
                            .map(each -> GceSnapshot.of(each, place.project()))
                            .filter(each -> each.labels().entrySet().containsAll(labels.entrySet()))
                            .forEach(each -> add(byName, each, after));
                });
        return List.copyOf(byName.values());
    }

    /** Compute Engine lists by the names that it knows, so the least of ours are kept. */
    private static void add(NavigableMap<String, GceSnapshot> byName, GceSnapshot snapshot, @Nullable String after) {
        String name = snapshot.name();
        if (!name.isEmpty() && (after == null || name.compareTo(after) > 0)) {
            byName.put(name, snapshot);
            if (byName.size() > ObjectStore.MAX_PAGE) {
                byName.pollLastEntry();
            }
        }
    }
}
