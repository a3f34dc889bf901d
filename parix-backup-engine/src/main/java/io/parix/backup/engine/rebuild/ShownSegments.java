package io.parix.backup.engine.rebuild;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.Report;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether the segments that a backup needs are there, with their lengths. Each folder is listed once for all backups; what was
 * written after that is asked for alone. Keeps about one entry per 32 MiB stored. For one thread, once.
 */
final class ShownSegments {
    private static final int MOST_TOLD = 100;

    private final ArchivePlace place;
    private final CallContext call;
    private final Map<KeyPrefix, Map<ObjectKey, Long>> folders = new HashMap<>();

    ShownSegments(ArchivePlace place, CallContext call) {
        this.place = place;
        this.call = call;
    }

    /**
     * Looks for segments.
     *
     * @param needed by name below the database's folder, with their lengths
     * @return a failed check for each of the first that are missing or of another length
     */
    Report wanting(Map<String, Long> needed) {
        List<Check> found = new ArrayList<>();
        needed.forEach((name, length) -> {
            if (found.size() < MOST_TOLD) {
                look(name, length).ifPresent(found::add);
            }
        });
        return new Report(found);
    }

    private Optional<Check> look(String name, long length) {
        ObjectKey key = place.keys().resolve(name);
        Long listed = folder(key).get(key);
        Optional<Long> there = listed == null || listed != length
                ? place.store().stat(key, call).map(StoredObject::length)
                : Optional.of(listed);
        if (there.isPresent() && there.get() == length) {
            return Optional.empty();
        }
        ErrorCode code = there.isPresent() ? ErrorCode.OBJECT_CORRUPT : ErrorCode.OBJECT_MISSING;
        String words = there.map(bytes -> key + " has " + bytes + " bytes, and " + length + " were written.")
                .orElse(key + " is missing.");
        return Optional.of(new Check("C4", code.code(), Check.Outcome.FAIL, name, code.code(), words));
    }

    private Map<ObjectKey, Long> folder(ObjectKey key) {
        KeyPrefix folder = new KeyPrefix(key.value().substring(0, key.value().lastIndexOf('/')));
        return folders.computeIfAbsent(folder, this::listed);
    }

    private Map<ObjectKey, Long> listed(KeyPrefix folder) {
        Map<ObjectKey, Long> lengths = new HashMap<>();
        new StoredPages(place.store(), call)
                .of(folder, page -> page.forEach(object -> lengths.put(object.key(), object.length())));
        return lengths;
    }
}
