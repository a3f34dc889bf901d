package io.parix.backup.core.job;

import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one attempt, planned before the first is asked for (spec B6, C1). Immutable.
 *
 * @param each in order of replica, at most {@value #MOST}, each replica and each name once
 * @param images the volumes that are made of some of them, for the images to be read from; null where none is
 */
public record Snapshots(
        List<ReplicaSnapshot> each, @Nullable ImageVolumes images) {
    /** How many one attempt may have. */
    public static final int MOST = 100;

    /** Those of an attempt that has none. */
    public static final Snapshots NONE = new Snapshots(List.of());

    /** Sorts the list; refuses a replica or a name that stands in it twice. */
    public Snapshots {
        each = each.stream()
                .sorted(Comparator.comparingInt(ReplicaSnapshot::replica))
                .toList();
        Require.that(each.size() <= MOST, "snapshots", each.size(), "there are at most " + MOST);
        long replicas =
                each.stream().mapToInt(ReplicaSnapshot::replica).distinct().count();
        long names = each.stream().map(ReplicaSnapshot::name).distinct().count();
        Require.that(
                replicas == each.size() && names == each.size(),
                "snapshots",
                each.stream().map(ReplicaSnapshot::name).toList(),
                "a replica or a name stands in them twice");
        List<String> known = each.stream().map(ReplicaSnapshot::name).toList();
        Require.that(
                images == null
                        || images.each().stream().map(ImageVolumes.Each::name).allMatch(known::contains),
                "volumes of images",
                images == null ? "" : images.each(),
                "they are made of other snapshots");
    }

    /**
     * Snapshots that stand beside images from elsewhere.
     *
     * @param each in order of replica
     */
    public Snapshots(List<ReplicaSnapshot> each) {
        this(each, null);
    }

    /** {@return the names of the volumes that are made of some of them, perhaps none} */
    public List<String> volumeNames() {
        return images == null
                ? List.of()
                : images.each().stream().map(ImageVolumes.Each::name).toList();
    }

    /**
     * The volume that is made of a snapshot.
     *
     * @param snapshot one of these
     * @return the volume, where one is made and the snapshot has not failed
     */
    public Optional<ImageVolumes.Each> image(ReplicaSnapshot snapshot) {
        return snapshot.state() == State.FAILED || images == null
                ? Optional.empty()
                : images.each().stream()
                        .filter(volume -> volume.name().equals(snapshot.name()))
                        .findFirst();
    }

    /** What must have become of every snapshot before a job goes on. */
    public enum Until {
        /** Their points in time are fixed, so the images may be asked for. */
        CUT("cut"),
        /** Volumes can be made of them, so the job may complete (spec C8). */
        USABLE("usable");

        private final String word;

        Until(String word) {
            this.word = word;
        }

        private boolean reached(ReplicaSnapshot snapshot) {
            return switch (snapshot.state()) {
                case PLANNED, CUTTING -> false;
                case CUT -> this == CUT;
                case USABLE, FAILED -> true;
            };
        }
    }

    /** {@return whether there are none} */
    public boolean isEmpty() {
        return each.isEmpty();
    }

    /** {@return their names, in order of replica} */
    public List<String> names() {
        return each.stream().map(ReplicaSnapshot::name).toList();
    }

    /** {@return those that failed} */
    public List<ReplicaSnapshot> failures() {
        return those(snapshot -> snapshot.state() == State.FAILED);
    }

    /** {@return those that did not fail} */
    public List<ReplicaSnapshot> standing() {
        return those(snapshot -> snapshot.state() != State.FAILED);
    }

    /**
     * What is still waited for.
     *
     * @param until what must be reached
     * @return those that are neither there nor failed
     */
    public List<ReplicaSnapshot> pending(Until until) {
        return those(snapshot -> !until.reached(snapshot));
    }

    /**
     * The same snapshots, one of them seen anew.
     *
     * @param seen one of the same name
     * @return all of them
     */
    public Snapshots with(ReplicaSnapshot seen) {
        return map(known -> known.name().equals(seen.name()) ? seen : known);
    }

    /**
     * Goes on without those that are not there.
     *
     * @param until what they have not reached
     * @param why in words
     * @return all of them, those failed
     */
    public Snapshots without(Until until, String why) {
        return map(snapshot -> until.reached(snapshot) ? snapshot : snapshot.failed(why));
    }

    /**
     * Says what is waited for (spec B8).
     *
     * @param until what must be reached
     * @return for a person, for example {@code snapshot of replica 2 is pending, 43 %}; empty when nothing is
     */
    public String words(Until until) {
        return pending(until).stream()
                .map(snapshot ->
                        "snapshot of replica " + snapshot.replica() + " is pending, " + snapshot.percent() + " %")
                .collect(Collectors.joining("; "));
    }

    /**
     * Says that time is up.
     *
     * @param until what was not reached
     * @param limit within which
     * @return for a person
     */
    public static String late(Until until, String limit) {
        return "It was not " + until.word + " within " + limit + ".";
    }

    private List<ReplicaSnapshot> those(Predicate<ReplicaSnapshot> which) {
        return each.stream().filter(which).toList();
    }

    private Snapshots map(UnaryOperator<ReplicaSnapshot> change) {
        List<ReplicaSnapshot> changed = new ArrayList<>(each);
        changed.replaceAll(change);
        return new Snapshots(changed, images);
    }
}
