package io.parix.backup.provider.aws;

import io.parix.backup.Printable;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of EBS volumes, told by the name in their tags.
 *
 * <p>{@code CreateSnapshot} takes no token, so a name is looked for before one is made and after. Should there be several, the first
 * that was started is the one of the name, the note names the others, and deleting deletes all. Safe for concurrent calls.
 */
final class AwsVolumeSnapshots implements VolumeSnapshots {
    private final Ec2Place place;
    private final Recent<EbsSnapshot> recent;
    private final SnapshotSearch search;
    private final SnapshotRemover remover;
    private final EbsVolumes volumes;

    private AwsVolumeSnapshots(Ec2Place place) {
        this.place = place;
        this.recent = new Recent<>(place.clock());
        this.search = new SnapshotSearch(place, recent);
        this.remover = new SnapshotRemover(place);
        this.volumes = new EbsVolumes(place);
    }

    /** {@return the snapshots of a place; makes no request} */
    static VolumeSnapshots of(AwsPlace place, AwsConfig.Volumes volumes) {
        return new AwsVolumeSnapshots(Ec2Place.open(place, volumes));
    }

    @Override
    public Snapshot request(String name, String volume, Map<String, String> labels, CallContext context) {
        AwsCall call = place.begin(context, "asking for snapshot " + name + " of " + Printable.quote(volume));
        Ec2Names.requireName(name, call);
        Ec2Names.SNAPSHOT.requireLabels(labels, call);
        List<EbsSnapshot> there = search.named(name, call);
        List<EbsSnapshot> all = there.isEmpty() ? create(name, volume, labels, call) : there;
        if (!all.get(0).volume().equals(volume)) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "Failed " + call.doing() + ": there is " + all.get(0).id() + " of "
                            + all.get(0).volume() + ".");
        }
        return EbsSnapshot.describe(all);
    }

    private List<EbsSnapshot> create(String name, String volume, Map<String, String> labels, AwsCall call) {
        EbsSnapshot made;
        try {
            made = EbsSnapshot.made(place.change(
                    call.needing("ec2:CreateSnapshot, ec2:CreateTags"),
                    (ec2, limits) -> ec2.createSnapshot(request -> request.volumeId(volume)
                            .description("Parix Backup " + name)
                            .tagSpecifications(Ec2Names.SNAPSHOT.tags(name, labels, place.tags()))
                            .overrideConfiguration(limits)),
                    () -> recent.lost(name, labels)));
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.OUTCOME_UNKNOWN) {
                throw e;
            }
            List<EbsSnapshot> found = seen(name, call);
            if (found.isEmpty()) {
                throw e;
            }
            return found;
        }
        recent.made(name, made, labels);
        List<EbsSnapshot> all = new ArrayList<>(seen(name, call));
        if (all.stream().noneMatch(each -> each.id().equals(made.id()))) {
            all.add(made);
            all.sort(EbsSnapshot.FIRST);
        }
        return all;
    }

    /** A look that fails takes nothing back: what was made is made, and the next look tells the same. */
    private List<EbsSnapshot> seen(String name, AwsCall call) {
        try {
            return search.described(name, call);
        } catch (ProviderException e) {
            return List.of();
        }
    }

    @Override
    public Snapshot describe(String name, CallContext context) {
        AwsCall call = place.begin(context, "describing snapshot " + name);
        Ec2Names.requireName(name, call);
        List<EbsSnapshot> all = search.named(name, call);
        return all.isEmpty() ? new Snapshot(name, State.GONE, 0, "", Map.of(), "") : EbsSnapshot.describe(all);
    }

    @Override
    public DeleteOutcome delete(String name, CallContext context) {
        AwsCall call = place.begin(context, "deleting snapshot " + name);
        Ec2Names.requireName(name, call);
        long before = recent.mark();
        List<EbsSnapshot> described = search.described(name, call);
        List<EbsSnapshot> fresh = search.fresh(name, described, call);
        DeleteOutcome outcome = remover.delete(described, call);
        if (outcome instanceof DeleteOutcome.Deleted || outcome instanceof DeleteOutcome.Absent) {
            recent.forget(name, described.stream().map(EbsSnapshot::id).toList(), before);
        }
        for (EbsSnapshot each : fresh) {
            outcome = SnapshotRemover.worse(outcome, deleteFresh(name, each, call));
        }
        return outcome;
    }

    /** That EC2 does not know what it made a moment ago says nothing: it is there until a description says otherwise, and is asked again. */
    private DeleteOutcome deleteFresh(String name, EbsSnapshot made, AwsCall call) {
        DeleteOutcome outcome = remover.delete(List.of(made), call);
        if (outcome instanceof DeleteOutcome.Deleted) {
            recent.forget(name, made);
        }
        return outcome instanceof DeleteOutcome.Absent ? new DeleteOutcome.Deleted() : outcome;
    }

    @Override
    public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext context) {
        AwsCall call = place.begin(context, "listing snapshots");
        Ec2Names.SNAPSHOT.requireLabels(labels, call);
        return search.labelled(labels, after, call).values().stream()
                .map(EbsSnapshot::describe)
                .toList();
    }

    @Override
    public Optional<String> materialize(VolumeRequest wanted, CallContext context) {
        AwsCall call = place.begin(context, "making volume " + wanted.name() + " of snapshot " + wanted.snapshot());
        Ec2Names.requireName(wanted.name(), call);
        Ec2Names.requireName(wanted.snapshot(), call);
        Ec2Names.VOLUME.requireLabels(wanted.labels(), call);
        List<EbsSnapshot> of = search.named(wanted.snapshot(), call);
        if (of.isEmpty() || of.get(0).known() != State.USABLE) {
            String fact = of.isEmpty()
                    ? "there is no such snapshot"
                    : of.get(0).id() + " is " + of.get(0).state()
                            + (of.get(0).archived() ? " in the archive; restore it from there first" : "");
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
        }
        return volumes.make(wanted, of, call);
    }

    @Override
    public DeleteOutcome deleteVolume(String name, CallContext context) {
        AwsCall call = place.begin(context, "deleting volume " + name);
        Ec2Names.requireName(name, call);
        return volumes.delete(name, call);
    }

    @Override
    public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext context) {
        AwsCall call = place.begin(context, "listing volumes");
        Ec2Names.VOLUME.requireLabels(labels, call);
        return volumes.names(labels, after, call);
    }
}
