package io.parix.backup.engine.page;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.StorageSummary;
import io.parix.backup.StorageSummary.LeftOut;
import io.parix.backup.StorageSummary.Why;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds up what backups take in storage, by two queries (spec D4).
 *
 * @param catalog where they are on record
 */
record Summaries(Catalog catalog) {
    StorageSummary of(DatabaseId database, Set<BackupId> selection) {
        if (selection.isEmpty()) {
            return StorageSummary.EMPTY;
        }
        Map<BackupId, Backup> found = found(database, selection);
        List<Backup> completed = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        selection.stream().sorted(Comparator.comparing(BackupId::value)).forEach(id -> {
            Backup backup = found.get(id);
            if (backup != null && backup.contents() != null) {
                completed.add(backup);
            } else {
                leftOut.add(new LeftOut(id, backup == null ? Why.NOT_FOUND : Why.NOT_COMPLETED));
            }
        });
        return summary(database, completed, leftOut);
    }

    private StorageSummary summary(DatabaseId database, List<Backup> completed, List<LeftOut> leftOut) {
        Set<String> ids = completed.stream().map(backup -> backup.id().value()).collect(Collectors.toSet());
        SegmentBytes bytes = ids.isEmpty() ? new SegmentBytes(0, 0) : catalog.segmentBytes(database, ids);
        List<Instant> ends = completed.stream()
                .map(Backup::endedAt)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new StorageSummary(
                completed.size(),
                logical(completed),
                new ByteSize(bytes.held()),
                new ByteSize(bytes.freed()),
                ends.isEmpty() ? null : ends.get(0),
                ends.isEmpty() ? null : ends.get(ends.size() - 1),
                leftOut);
    }

    private static ByteSize logical(List<Backup> completed) {
        long sum = 0;
        for (Backup backup : completed) {
            long bytes = backup.completed().orElseThrow().logical().bytes();
            sum = Math.min(sum, Long.MAX_VALUE - bytes) + bytes;
        }
        return new ByteSize(sum);
    }

    private Map<BackupId, Backup> found(DatabaseId database, Set<BackupId> selection) {
        List<JobRecord> rows =
                catalog.find(selection.stream().map(BackupId::value).collect(Collectors.toSet()));
        return rows.stream()
                .filter(row -> row.kind() == JobKind.BACKUP && row.database().equals(database))
                .map(BackupRow::view)
                .collect(Collectors.toMap(Backup::id, Function.identity()));
    }
}
