package io.parix.backup.provider.aws;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Volumes that are made of snapshots. A name is the token of its request, so that EC2 makes no second one of it. Safe for concurrent calls.
 */
final class EbsVolumes {
    private static final int PAGE = 1_000;

    private final Ec2Place place;
    private final Recent<Found> recent;

    EbsVolumes(Ec2Place place) {
        this.place = place;
        this.recent = new Recent<>(place.clock());
    }

    /**
     * A volume as EC2 describes it.
     *
     * @param name its name of ours
     * @param id its id
     * @param snapshot the id of that of which it was made
     * @param state the word of EC2
     * @param made when
     */
    private record Found(String name, String id, String snapshot, String state, Instant made) implements Recent.Made {
        static Found of(Volume volume) {
            return new Found(
                    Ec2Names.VOLUME.name(Ec2Names.map(volume.tags())),
                    volume.volumeId(),
                    String.valueOf(volume.snapshotId()),
                    volume.stateAsString(),
                    Objects.requireNonNullElse(volume.createTime(), Instant.EPOCH));
        }

        static Found of(String name, CreateVolumeResponse volume) {
            return new Found(
                    name,
                    volume.volumeId(),
                    String.valueOf(volume.snapshotId()),
                    volume.stateAsString(),
                    Objects.requireNonNullElse(volume.createTime(), Instant.EPOCH));
        }

        private boolean isBeingMade() {
            return state.equals("creating");
        }

        private boolean isThere() {
            return !name.isEmpty() && !state.equals("deleted");
        }
    }

    /**
     * Makes a volume, unless it is there.
     *
     * @param wanted which
     * @param of the snapshots that have the name it asks for, the first one first; usable
     * @param call the call
     * @return its id once it can be attached
     */
    Optional<String> make(VolumeRequest wanted, List<EbsSnapshot> of, AwsCall call) {
        VolumePlacement where = VolumePlacement.of(wanted.placement(), call);
        List<Found> found = described(wanted.name(), call);
        Found there = found.isEmpty() ? create(wanted, of.get(0), where, call) : found.get(0);
        if (of.stream().noneMatch(snapshot -> snapshot.id().equals(there.snapshot()))) {
            throw refused(ErrorKind.CONFLICT, call, "there is " + there.id() + " of " + there.snapshot());
        }
        return switch (there.state()) {
            case "available", "in-use" -> Optional.of(there.id());
            case "deleting", "deleted" ->
                throw refused(ErrorKind.CONFLICT, call, there.id() + " of this name is being deleted");
            case "error" ->
                throw refused(
                        ErrorKind.INVALID_REQUEST,
                        call,
                        "EC2 could not make " + there.id() + "; where it is encrypted, its KMS key may not be used");
            default -> Optional.empty();
        };
    }

    private static ProviderException refused(ErrorKind kind, AwsCall call, String fact) {
        return new ProviderException(kind, "Failed " + call.doing() + ": " + fact + ".");
    }

    private Found create(VolumeRequest wanted, EbsSnapshot of, VolumePlacement where, AwsCall call) {
        String permission = "ec2:CreateVolume, ec2:CreateTags" + (where.encrypted() ? ", the use of the KMS key" : "");
        Found made = Found.of(
                wanted.name(),
                place.change(
                        call.needing(permission),
                        (ec2, limits) -> ec2.createVolume(request -> where.in(request)
                                .snapshotId(of.id())
                                .clientToken(wanted.name())
                                .tagSpecifications(Ec2Names.VOLUME.tags(wanted.name(), wanted.labels(), place.tags()))
                                .overrideConfiguration(limits)),
                        () -> recent.lost(wanted.name(), wanted.labels())));
        recent.only(wanted.name(), made, wanted.labels());
        return made;
    }

    /**
     * Deletes the volume of a name.
     *
     * @param name which
     * @param call the call
     * @return what became of it
     */
    DeleteOutcome delete(String name, AwsCall call) {
        long before = recent.mark();
        List<Found> found = described(name, call);
        if (found.isEmpty()) {
            return recent.unseen(name, call.doing()).stream()
                    .findFirst()
                    .map(made -> deleteFresh(made, call))
                    .orElseGet(DeleteOutcome.Absent::new);
        }
        DeleteOutcome outcome = new DeleteOutcome.Absent();
        for (Found each : found) {
            DeleteOutcome of = delete(each, call);
            if (of instanceof DeleteOutcome.Failed) {
                return of;
            }
            outcome = of instanceof DeleteOutcome.Deleted ? of : outcome;
        }
        if (found.stream().noneMatch(Found::isBeingMade)) {
            recent.forget(name, found.stream().map(Found::id).toList(), before);
        }
        return outcome;
    }

    /** That EC2 does not know what it made a moment ago says nothing: it is there until a description says otherwise, and is asked again. */
    private DeleteOutcome deleteFresh(Found made, AwsCall call) {
        DeleteOutcome outcome = made.isBeingMade() ? new DeleteOutcome.Absent() : request(made, call);
        if (outcome instanceof DeleteOutcome.Deleted) {
            recent.forget(made.name(), made);
        }
        return outcome instanceof DeleteOutcome.Absent ? new DeleteOutcome.Deleted() : outcome;
    }

    private DeleteOutcome delete(Found volume, AwsCall call) {
        if (volume.state().equals("in-use")) {
            return new DeleteOutcome.Failed(ErrorKind.IN_USE, volume.id() + " is attached.");
        }
        // EC2 lets go of none that it is making; who asks sees that it is there still, and asks again.
        if (volume.state().equals("deleting") || volume.isBeingMade()) {
            return new DeleteOutcome.Deleted();
        }
        return request(volume, call);
    }

    private DeleteOutcome request(Found volume, AwsCall call) {
        try {
            place.change(
                    call.needing("ec2:DeleteVolume"),
                    (ec2, limits) -> ec2.deleteVolume(
                            request -> request.volumeId(volume.id()).overrideConfiguration(limits)));
            return new DeleteOutcome.Deleted();
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return new DeleteOutcome.Absent();
            }
            if (e.kind() == ErrorKind.IN_USE) {
                return new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /**
     * The names of volumes with labels.
     *
     * @param labels all must match
     * @param after only names after this one, or null
     * @param call the call
     * @return at most a page's worth in order
     */
    List<String> names(Map<String, String> labels, @Nullable String after, AwsCall call) {
        TreeSet<String> names = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        each(Ec2Names.VOLUME.labelled(labels), call, volume -> {
            seen.add(volume.name());
            names.add(volume.name());
        });
        names.addAll(recent.unseen(labels, seen, call.doing()).keySet());
        return (after == null ? names : names.tailSet(after, false))
                .stream().limit(ObjectStore.MAX_PAGE).toList();
    }

    private List<Found> described(String name, AwsCall call) {
        List<Found> found = new ArrayList<>();
        each(Ec2Names.VOLUME.named(name), call, volume -> {
            if (volume.name().equals(name)) {
                found.add(volume);
            }
        });
        found.sort(Comparator.comparing(Found::made).thenComparing(Found::id));
        return found;
    }

    private void each(List<Filter> filters, AwsCall call, Consumer<Found> found) {
        place.pages(
                call.needing("ec2:DescribeVolumes"),
                (ec2, limits, token) -> ec2.describeVolumes(request -> request.filters(filters)
                        .maxResults(PAGE)
                        .nextToken(token)
                        .overrideConfiguration(limits)),
                DescribeVolumesResponse::nextToken,
                page -> page.volumes().stream()
                        .map(Found::of)
                        .filter(Found::isThere)
                        .forEach(found));
    }
}
