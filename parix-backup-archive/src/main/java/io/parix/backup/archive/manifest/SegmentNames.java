package io.parix.backup.archive.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The segments that a backup needs, read from its indexes. */
public final class SegmentNames {
    private SegmentNames() {}

    /**
     * Reads the indexes of a backup, whole and checked.
     *
     * @param manifest the backup
     * @param from reads the objects and says where to spool
     * @return the names of its segments, below the database's folder
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#OBJECT_MISSING},
     *     {@link io.parix.backup.ErrorCode#OBJECT_CORRUPT} or {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN}, naming the
     *     object
     */
    public static Set<String> of(Manifest manifest, LoadedIndex.From from) {
        SegmentTable table = new SegmentTable();
        List<LoadedIndex> indexes = new ArrayList<>();
        try {
            manifest.replicas().forEach(replica -> indexes.add(LoadedIndex.load(manifest, replica, table, from)));
        } finally {
            indexes.forEach(LoadedIndex::close);
        }
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < table.size(); i++) {
            names.add(table.get(i).object().name());
        }
        return names;
    }
}
