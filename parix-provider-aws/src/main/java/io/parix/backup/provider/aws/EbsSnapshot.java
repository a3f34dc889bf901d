package io.parix.backup.provider.aws;

import io.parix.backup.spi.VolumeSnapshots;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * A snapshot as EC2 describes it.
 *
 * @param id its id
 * @param volume the id of its volume
 * @param state the word of EC2
 * @param archived whether it lies in the archive tier, of which no volume can be made
 * @param started when its point in time was fixed
 * @param progress such as {@code 43%}; may be empty
 * @param message why it failed; may be empty
 * @param tags all of them
 */
record EbsSnapshot(
        String id,
        String volume,
        String state,
        boolean archived,
        Instant started,
        String progress,
        String message,
        Map<String, String> tags)
        implements Recent.Made {
    /** The first of several comes first, the same for everybody who sees them. */
    static final Comparator<EbsSnapshot> FIRST =
            Comparator.comparing(EbsSnapshot::started).thenComparing(EbsSnapshot::id);

    /** A copy of a snapshot has this volume, which is none. */
    private static final String OF_A_COPY = "vol-ffffffff";

    private static final int WHOLE = 100;
    private static final int MOST_OTHERS = 20;

    static EbsSnapshot of(Snapshot found) {
        return new EbsSnapshot(
                text(found.snapshotId()),
                text(found.volumeId()),
                text(found.stateAsString()),
                "archive".equals(found.storageTierAsString()),
                Objects.requireNonNullElse(found.startTime(), Instant.EPOCH),
                text(found.progress()),
                text(found.stateMessage()),
                Ec2Names.map(found.tags()));
    }

    static EbsSnapshot made(CreateSnapshotResponse made) {
        return new EbsSnapshot(
                text(made.snapshotId()),
                text(made.volumeId()),
                text(made.stateAsString()),
                false,
                Objects.requireNonNullElse(made.startTime(), Instant.EPOCH),
                text(made.progress()),
                text(made.stateMessage()),
                Ec2Names.map(made.tags()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** {@return its name; empty where it is none of ours, as somebody's copy of one of ours is not} */
    String name() {
        return volume.equals(OF_A_COPY) ? "" : Ec2Names.SNAPSHOT.name(tags);
    }

    /** {@return whether it counts: what lies in the recycle bin was deleted} */
    boolean isThere() {
        return !name().isEmpty() && !state.equals("recoverable");
    }

    /**
     * The answer about a name.
     *
     * @param all those that have it, the first one first
     */
    static VolumeSnapshots.Snapshot describe(List<EbsSnapshot> all) {
        EbsSnapshot first = all.get(0);
        return new VolumeSnapshots.Snapshot(
                first.name(),
                first.known(),
                first.percent(),
                first.known() == VolumeSnapshots.State.FAILED ? first.reason() : "",
                Ec2Names.labels(first.tags),
                note(all));
    }

    /** EC2 fixes the point in time before it answers, so what is there is cut, whatever else it is. */
    VolumeSnapshots.State known() {
        return switch (state) {
            case "completed" -> archived ? VolumeSnapshots.State.CUT : VolumeSnapshots.State.USABLE;
            case "error" -> VolumeSnapshots.State.FAILED;
            default -> VolumeSnapshots.State.CUT;
        };
    }

    private int percent() {
        if (known() == VolumeSnapshots.State.USABLE) {
            return WHOLE;
        }
        return progress.matches("[0-9]{1,3}%")
                ? Math.min(WHOLE - 1, Integer.parseInt(progress.substring(0, progress.length() - 1)))
                : 0;
    }

    private String reason() {
        return message.isEmpty() ? "EC2 says no more than that it failed." : message;
    }

    private static String note(List<EbsSnapshot> all) {
        StringBuilder note = new StringBuilder(all.get(0).id + " of " + all.get(0).volume);
        if (all.size() > 1) {
            note.append(", not");
            all.stream()
                    .skip(1)
                    .limit(MOST_OTHERS)
                    .forEach(other -> note.append(' ').append(other.id));
            note.append(" of the same name");
        }
        return note.toString();
    }
}
