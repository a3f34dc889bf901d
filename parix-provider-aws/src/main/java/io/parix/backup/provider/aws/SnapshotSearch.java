package io.parix.backup.provider.aws;

import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Finds snapshots by their tags. Those of one name are kept together, the first one first: EC2 takes no token that would keep a second
 * request from making another one, so there may be several. Safe for concurrent calls.
 */
final class SnapshotSearch {
    private static final String PERMISSION = "ec2:DescribeSnapshots";
    private static final int PAGE = 1_000;

    private final Ec2Place place;
    private final Recent<EbsSnapshot> recent;

    SnapshotSearch(Ec2Place place, Recent<EbsSnapshot> recent) {
        this.place = place;
        this.recent = recent;
    }

    /** {@return those that a description shows by a name, the first one first} */
    List<EbsSnapshot> described(String name, AwsCall call) {
        List<EbsSnapshot> found = new ArrayList<>();
        each(Ec2Names.SNAPSHOT.named(name), call, snapshot -> {
            if (snapshot.name().equals(name)) {
                found.add(snapshot);
            }
        });
        found.sort(EbsSnapshot.FIRST);
        return found;
    }

    /**
     * Those of a name, what was just made and is not described yet included.
     *
     * @param name the name
     * @param call the call
     * @return the first one first; none where there is none
     * @throws ProviderException where it is not known yet whether there is one, among others
     */
    List<EbsSnapshot> named(String name, AwsCall call) {
        List<EbsSnapshot> found = described(name, call);
        if (found.isEmpty()) {
            found.addAll(recent.unseen(name, call.doing()));
            found.sort(EbsSnapshot.FIRST);
        }
        return found;
    }

    /**
     * What this session made by a name a moment ago, and a description does not show.
     *
     * @param name the name
     * @param described those that it shows
     * @param call the call
     * @return them; empty where there is none
     * @throws ProviderException where there is none of either, and it is not known yet whether one comes
     */
    List<EbsSnapshot> fresh(String name, List<EbsSnapshot> described, AwsCall call) {
        return described.isEmpty()
                ? recent.unseen(name, call.doing())
                : recent.made(name).stream()
                        .filter(made ->
                                described.stream().noneMatch(each -> each.id().equals(made.id())))
                        .toList();
    }

    /**
     * Those with labels.
     *
     * @param labels all must match
     * @param after only names after this one, or null
     * @param call the call
     * @return at most a page's worth of names, each with those that have it
     */
    NavigableMap<String, List<EbsSnapshot>> labelled(Map<String, String> labels, @Nullable String after, AwsCall call) {
        NavigableMap<String, List<EbsSnapshot>> byName = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        each(Ec2Names.SNAPSHOT.labelled(labels), call, snapshot -> {
            seen.add(snapshot.name());
            add(byName, snapshot, after);
        });
        recent.unseen(labels, seen, call.doing())
                .values()
                .forEach(all -> all.forEach(snapshot -> add(byName, snapshot, after)));
        byName.values().forEach(each -> each.sort(EbsSnapshot.FIRST));
        return byName;
    }

    /** EC2 lists in no order, so the least names are kept. */
    private static void add(
            NavigableMap<String, List<EbsSnapshot>> byName, EbsSnapshot snapshot, @Nullable String after) {
        if (after == null || snapshot.name().compareTo(after) > 0) {
            byName.computeIfAbsent(snapshot.name(), name -> new ArrayList<>()).add(snapshot);
            if (byName.size() > ObjectStore.MAX_PAGE) {
                byName.pollLastEntry();
            }
        }
    }

    private void each(List<Filter> filters, AwsCall call, Consumer<EbsSnapshot> found) {
        place.pages(
                call.needing(PERMISSION),
                (ec2, limits, token) -> ec2.describeSnapshots(request -> request.ownerIds("self")
                        .filters(filters)
                        .maxResults(PAGE)
                        .nextToken(token)
                        .overrideConfiguration(limits)),
                DescribeSnapshotsResponse::nextToken,
                page -> page.snapshots().stream()
                        .map(EbsSnapshot::of)
                        .filter(EbsSnapshot::isThere)
                        .forEach(found));
    }
}
