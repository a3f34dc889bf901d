package io.parix.backup.archive.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The segments that a backup needs, read from its indexes. */
public final class NeededSegments {
    private NeededSegments() {}

    /**
     * Reads the indexes of a backup, whole and checked.
     *
     * @param manifest the backup
     * @param from reads the objects and says where to spool
     * @return its segments, by name below the database's folder, with their lengths in bytes
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#OBJECT_MISSING},
     *     {@link io.parix.backup.ErrorCode#OBJECT_CORRUPT} or {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN}, naming the
     *     object; {@link io.parix.backup.ErrorCode#KEY_LOST} naming a key, {@link io.parix.backup.ErrorCode#KEY_UNAVAILABLE}
     */
    public static Map<String, Long> of(Manifest manifest, LoadedIndex.From from) {
        SegmentTable table = new SegmentTable();
        List<LoadedIndex> indexes = new ArrayList<>();
        try {
            manifest.replicas().forEach(replica -> indexes.add(LoadedIndex.load(manifest, replica, table, from)));
        } finally {
            indexes.forEach(LoadedIndex::close);
        }
        Map<String, Long> needed = new TreeMap<>();
        for (int i = 0; i < table.size(); i++) {
            needed.put(table.get(i).object().name(), table.get(i).object().length());
        }
        return needed;
    }
}
