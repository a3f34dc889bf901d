package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.Disk;
import java.util.Map;

/**
 * A disk as Compute Engine describes it.
 *
 * @param name its name of ours; empty where it is none of ours
 * @param path which disk
 * @param snapshot the number of that of which it was made
 * @param status its word
 * @param attached whether a machine uses it
 * @param labels all of them
 */
record GceDisk(
        String name, DiskPath path, String snapshot, String status, boolean attached, Map<String, String> labels) {
    static GceDisk of(Disk disk, String scope, String project) {
        return new GceDisk(
                ComputeNames.DISK.name(disk.getName(), disk.getLabelsMap()),
                new DiskPath(project, scope, disk.getName()),
                disk.getSourceSnapshotId(),
                disk.getStatus(),
                disk.getUsersCount() > 0,
                Map.copyOf(disk.getLabelsMap()));
    }

    /** {@return whether it is one of ours} */
    boolean isOurs() {
        return !name.isEmpty();
    }

    /** {@return whether it is being deleted} */
    boolean goes() {
        return status.equals("DELETING");
    }
}
