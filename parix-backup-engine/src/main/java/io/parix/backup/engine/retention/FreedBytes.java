package io.parix.backup.engine.retention;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.spi.catalog.Catalog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what removing backups frees, for a person (spec H9). What is being removed already, or goes in any case, keeps nothing, so its share
 * is taken off on both sides; a failed backup has no bytes and is not asked about.
 *
 * <p>The catalog is asked about at most so many backups at once. Of more it is asked in parts, neighbours together, and what only backups of
 * two parts share is not counted: more may be freed than the sum. The answers are of different moments: where a backup comes or goes between
 * them, the next preview tells it.
 *
 * @param catalog adds up
 */
record FreedBytes(Catalog catalog) {
    /** What the catalog takes at once (CAT-67). */
    static final int MOST = 10_000;

    /**
     * What a change makes of the backups of a database.
     *
     * @param gone those that go by it
     * @param staying those that stay; what is in neither set goes in any case
     */
    record Change(Set<BackupId> gone, Set<BackupId> staying) {}

    ByteSize of(DatabaseId database, RetentionFacts facts, Change change) {
        Set<String> leaving = ids(facts, Stage.COMPLETED, Stage.EXPIRING)
                .filter(backup ->
                        !change.gone().contains(backup) && !change.staying().contains(backup))
                .map(BackupId::value)
                .limit(MOST / 2)
                .collect(Collectors.toSet());
        List<String> going = ids(facts, Stage.COMPLETED)
                .filter(change.gone()::contains)
                .map(BackupId::value)
                .toList();
        long alone = leaving.isEmpty() ? 0 : freed(database, leaving);
        int part = MOST - leaving.size();
        long sum = 0;
        for (int from = 0; from < going.size(); from += part) {
            Set<String> together = new HashSet<>(going.subList(from, Math.min(going.size(), from + part)));
            together.addAll(leaving);
            sum += Math.max(0, freed(database, together) - alone);
        }
        return new ByteSize(sum);
    }

    private static Stream<BackupId> ids(RetentionFacts facts, Stage... stages) {
        return facts.backups().stream()
                .filter(candidate -> Set.of(stages).contains(candidate.stage()))
                .map(RetentionCandidate::backup);
    }

    private long freed(DatabaseId database, Set<String> backups) {
        return catalog.segmentBytes(database, backups).freed();
    }
}
