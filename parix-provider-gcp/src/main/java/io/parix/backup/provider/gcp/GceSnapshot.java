package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.Snapshot;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Map;

/**
 * A snapshot as Compute Engine describes it.
 *
 * @param resource what it is called there
 * @param id its number, which a later one of the same name has not
 * @param disk of which it is; as Compute Engine writes it where it is no path
 * @param status its word
 * @param labels all of them
 */
record GceSnapshot(String resource, String id, String disk, String status, Map<String, String> labels) {
    private static final int WHOLE = 100;

    static GceSnapshot of(Snapshot found, String project) {
        return new GceSnapshot(
                found.getName(),
                Long.toUnsignedString(found.getId()),
                DiskPath.of(found.getSourceDisk(), project)
                        .map(DiskPath::toString)
                        .orElse(found.getSourceDisk()),
                found.getStatus(),
                Map.copyOf(found.getLabelsMap()));
    }

    /**
     * Describes one that is to be made.
     *
     * @param name its name
     * @param disk of which
     * @param labels its labels
     * @param locations where it is to be stored; none for Google's choice
     * @return what to ask for
     */
    static Snapshot wanted(String name, DiskPath disk, Map<String, String> labels, List<String> locations) {
        return Snapshot.newBuilder()
                .setName(ComputeNames.resource(name))
                .setDescription("Parix Backup " + name)
                .setSourceDisk(disk.toString())
                .putAllLabels(ComputeNames.SNAPSHOT.labels(name, labels))
                .addAllStorageLocations(locations)
                .build();
    }

    /** {@return its name; empty where it is none of ours} */
    String name() {
        return ComputeNames.SNAPSHOT.name(resource, labels);
    }

    /** {@return whether it is being deleted} */
    boolean goes() {
        return status.equals("DELETING");
    }

    /** The words of the reference: uploading comes after creating, and what is uploaded does not change any more. */
    VolumeSnapshots.State state() {
        return switch (status) {
            case "READY" -> VolumeSnapshots.State.USABLE;
            case "UPLOADING" -> VolumeSnapshots.State.CUT;
            case "FAILED", "DELETING" -> VolumeSnapshots.State.FAILED;
            default -> VolumeSnapshots.State.CUTTING;
        };
    }

    /** {@return the answer about it; Compute Engine tells no progress between cutting and ready} */
    VolumeSnapshots.Snapshot describe() {
        VolumeSnapshots.State state = state();
        String reason = goes() ? "It is being deleted." : "Compute Engine says no more than that it failed.";
        return new VolumeSnapshots.Snapshot(
                name(),
                state,
                state == VolumeSnapshots.State.USABLE ? WHOLE : 0,
                state == VolumeSnapshots.State.FAILED ? reason : "",
                ComputeNames.ofEngine(labels),
                "snapshot " + id + " of " + disk);
    }
}
