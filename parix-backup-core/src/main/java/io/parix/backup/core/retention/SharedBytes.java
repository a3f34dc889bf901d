package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What backups of one database that share objects take together, and what removing some of them frees (spec D4, H9).
 *
 * <p>Each object is counted once. The time taken is linear in the references looked at. An object that two backups give
 * different sizes counts with the larger; sums are bounded by the largest {@code long}; a backup that has no objects on record takes nothing.
 */
public final class SharedBytes {
    private SharedBytes() {}

    /**
     * What a selection takes in storage.
     *
     * @param objects the objects that each backup needs, by key, with their sizes in bytes
     * @param selection which backups
     * @return the size of all objects that at least one of them needs
     */
    public static ByteSize union(Map<BackupId, Map<String, Long>> objects, Set<BackupId> selection) {
        return sum(merged(objects, selection));
    }

    /**
     * What removing backups frees.
     *
     * @param objects the objects that each backup needs, by key, with their sizes in bytes
     * @param removed the backups that go
     * @param staying the backups that stay; one that is in neither set, being removed already, keeps no object
     * @return the size of all objects that one that goes needs, and none that stays
     */
    public static ByteSize freed(
            Map<BackupId, Map<String, Long>> objects, Set<BackupId> removed, Set<BackupId> staying) {
        Map<String, Long> freed = merged(objects, removed);
        for (BackupId backup : staying) {
            objects.getOrDefault(backup, Map.of()).keySet().forEach(freed::remove);
        }
        return sum(freed);
    }

    private static Map<String, Long> merged(Map<BackupId, Map<String, Long>> objects, Set<BackupId> backups) {
        Map<String, Long> merged = new HashMap<>();
        for (BackupId backup : backups) {
            objects.getOrDefault(backup, Map.of()).forEach((key, size) -> merged.merge(key, size, Math::max));
        }
        return merged;
    }

    private static ByteSize sum(Map<String, Long> sizes) {
        long sum = 0;
        for (long size : sizes.values()) {
            long bytes = new ByteSize(size).bytes();
            sum = Math.min(sum, Long.MAX_VALUE - bytes) + bytes;
        }
        return new ByteSize(sum);
    }
}
