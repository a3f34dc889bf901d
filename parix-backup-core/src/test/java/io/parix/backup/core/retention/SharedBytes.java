package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What removing backups frees, counted the slow way. */
final class SharedBytes {
    private SharedBytes() {}

    static ByteSize freed(Map<BackupId, Map<String, Long>> objects, Set<BackupId> gone, Set<BackupId> staying) {
        Map<String, Long> freed = new HashMap<>();
        gone.forEach(backup -> freed.putAll(objects.getOrDefault(backup, Map.of())));
        staying.forEach(
                backup -> objects.getOrDefault(backup, Map.of()).keySet().forEach(freed::remove));
        return new ByteSize(freed.values().stream().mapToLong(size -> size).sum());
    }
}
