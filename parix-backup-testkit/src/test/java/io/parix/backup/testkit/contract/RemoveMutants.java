package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Catalogs that are wrong about what backups take, and about what goes with one that is removed. */
final class RemoveMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private RemoveMutants() {}

    /** How adding up goes wrong. */
    interface Bytes {
        SegmentBytes bytes(Catalog right, DatabaseId database, Set<String> jobs);
    }

    /** How a removal goes wrong. */
    interface Remove {
        void remove(Catalog right, JobRecord seen, List<BackupEvent> events);
    }

    private static void unshared(String name, UnsharedOf wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public List<String> unshared(String job) {
                return wrong.unshared(right, job);
            }
        });
    }

    /** How a list of segments goes wrong. */
    interface UnsharedOf {
        List<String> unshared(Catalog right, String job);
    }

    private static void bytes(String name, Bytes wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public SegmentBytes segmentBytes(DatabaseId database, Set<String> jobs) {
                return wrong.bytes(right, database, jobs);
            }
        });
    }

    private static void remove(String name, Remove wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                wrong.remove(right, seen, events);
            }
        });
    }

    static {
        unshared(
                "CAT-66 a segment of another database counts as shared",
                (right, job) -> right.unshared(job).stream()
                        .filter(segment -> right.needing(CatalogSamples.OTHER, segment)
                                        .isEmpty()
                                || right.needing(CatalogSamples.DB, segment).isEmpty())
                        .toList());
        unshared("CAT-66 unshared segments are in another order", (right, job) -> {
            List<String> found = new ArrayList<>(right.unshared(job));
            found.sort(String.CASE_INSENSITIVE_ORDER);
            return found;
        });
        unshared(
                "CAT-66 only completed backups have anything",
                (right, job) -> right.find(job)
                        .filter(row -> row.status() == JobStatus.COMPLETED)
                        .map(row -> right.unshared(job))
                        .orElse(List.of()));
        bytes("CAT-67 a segment counts for each backup", (right, database, jobs) -> {
            SegmentBytes whole = right.segmentBytes(database, jobs);
            long sum = jobs.stream()
                    .mapToLong(job -> right.segmentBytes(database, Set.of(job)).held())
                    .sum();
            return new SegmentBytes(sum, whole.freed());
        });
        bytes("CAT-67 each backup frees its own only", (right, database, jobs) -> {
            SegmentBytes whole = right.segmentBytes(database, jobs);
            long sum = jobs.stream()
                    .mapToLong(job -> right.segmentBytes(database, Set.of(job)).freed())
                    .sum();
            return new SegmentBytes(whole.held(), sum);
        });
        bytes("CAT-67 everything is freed", (right, database, jobs) -> {
            long held = right.segmentBytes(database, jobs).held();
            return new SegmentBytes(held, held);
        });
        bytes("CAT-67 backups of every database count", (right, database, jobs) -> {
            SegmentBytes here = right.segmentBytes(CatalogSamples.DB, jobs);
            SegmentBytes there = right.segmentBytes(CatalogSamples.OTHER, jobs);
            return new SegmentBytes(here.held() + there.held(), here.freed() + there.freed());
        });
        bytes("CAT-67 sizes are cut to 32 bits", (right, database, jobs) -> {
            SegmentBytes whole = right.segmentBytes(database, jobs);
            return new SegmentBytes((int) whole.held(), (int) whole.freed());
        });
        bytes(
                "CAT-67 any number of backups is added up",
                (right, database, jobs) ->
                        right.segmentBytes(database, jobs.stream().limit(10_000).collect(Collectors.toSet())));
        takenUp();
        conditions();
        refusals();
        remains();
        neighbours();
    }

    private static void takenUp() {
        MUTANTS.add("CAT-66 what was taken up shares nothing", catalog -> new WrongCatalog(catalog) {
            private final Set<String> known = new HashSet<>();
            private final Set<String> takenUp = new HashSet<>();

            @Override
            public Set<String> adopt(List<AdoptedJob> jobs) {
                jobs.forEach(job -> known.addAll(job.segments().keySet()));
                Set<String> fresh = right.adopt(jobs);
                takenUp.addAll(fresh);
                return fresh;
            }

            @Override
            public List<String> unshared(String job) {
                Set<String> found = new TreeSet<>(right.unshared(job));
                right.find(job)
                        .ifPresent(row -> known.stream()
                                .filter(segment -> alone(row, segment))
                                .forEach(found::add));
                return List.copyOf(found);
            }

            private boolean alone(JobRecord row, String segment) {
                List<String> needing = right.needing(row.database(), segment);
                return needing.contains(row.id())
                        && needing.stream().allMatch(id -> id.equals(row.id()) || takenUp.contains(id));
            }
        });
    }

    private static void refusals() {
        MUTANTS.add("CAT-68 a refused removal takes the key", catalog -> new WrongCatalog(catalog) {
            private final Set<String> refused = new HashSet<>();

            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                refused.add(seen.id());
                right.remove(seen, events);
            }

            @Override
            public Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key) {
                return right.keyed(database, kind, key).filter(row -> !refused.contains(row.id()));
            }
        });
        MUTANTS.add("CAT-68 a refused removal takes the segments", catalog -> new WrongCatalog(catalog) {
            private final Set<String> refused = new HashSet<>();

            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                refused.add(seen.id());
                right.remove(seen, events);
            }

            @Override
            public List<String> needing(DatabaseId database, String segment) {
                return right.needing(database, segment).stream()
                        .filter(id -> !refused.contains(id))
                        .toList();
            }
        });
    }

    private static void conditions() {
        remove(
                "CAT-68 whatever is there is removed",
                (right, seen, events) -> right.remove(right.find(seen.id()).orElse(seen), events));
        remove("CAT-68 the claim is not looked at", (right, seen, events) -> {
            JobRecord there = right.find(seen.id()).orElse(seen);
            right.remove(there.version() == seen.version() ? there : seen, events);
        });
        remove(
                "CAT-68 what is active is removed as well",
                (right, seen, events) -> right.remove(
                        seen.status().ended() ? seen : CatalogSamples.ended(seen, JobStatus.COMPLETED), events));
        remove("CAT-68 a removal that comes too late is silent", (right, seen, events) -> {
            if (right.find(seen.id()).isPresent()) {
                right.remove(seen, events);
            }
        });
        remove("CAT-68 the conflict does not tell what is there", (right, seen, events) -> {
            try {
                right.remove(seen, events);
            } catch (CatalogConflictException e) {
                throw new CatalogConflictException(seen.id(), seen.version(), null);
            }
        });
    }

    private static void remains() {
        MUTANTS.add("CAT-69 what a removed backup needed stays", catalog -> new WrongCatalog(catalog) {
            private final Set<String> unneeded = new HashSet<>();

            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                unneeded.addAll(right.unshared(seen.id()));
                right.remove(seen, events);
            }

            @Override
            public List<String> needing(DatabaseId database, String segment) {
                List<String> jobs = right.needing(database, segment);
                return jobs.isEmpty() && unneeded.contains(segment) ? List.of("gone") : jobs;
            }
        });
        MUTANTS.add("CAT-69 the key of a removed job stays taken", catalog -> new WrongCatalog(catalog) {
            private Optional<JobRecord> removed = Optional.empty();

            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                right.remove(seen, events);
                removed = Optional.of(seen);
            }

            @Override
            public Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key) {
                return right.keyed(database, kind, key)
                        .or(() -> removed.filter(row -> row.database().equals(database) && row.kind() == kind));
            }
        });
        MUTANTS.add("CAT-69 the id of a removed job is never used again", catalog -> new WrongCatalog(catalog) {
            private final Set<String> removed = new HashSet<>();

            @Override
            public void remove(JobRecord seen, List<BackupEvent> events) {
                right.remove(seen, events);
                removed.add(seen.id());
            }

            @Override
            public Inserted insert(NewJob job) {
                if (removed.contains(job.row().id())) {
                    throw new CatalogConflictException(job.row().id(), 0, null);
                }
                return right.insert(job);
            }
        });
    }

    private static void neighbours() {
        remove("CAT-69 the events of a removal are lost", (right, seen, events) -> right.remove(seen, List.of()));
        remove("CAT-69 what has ended goes with it", (right, seen, events) -> {
            right.remove(seen, events);
            right.history(HistoryQuery.newest(seen.database(), seen.kind(), 100)).stream()
                    .filter(row -> row.status().ended())
                    .forEach(row -> right.remove(row, List.of()));
        });
        remove("CAT-69 whoever holds the database loses it", (right, seen, events) -> {
            right.remove(seen, events);
            right.occupant(seen.database()).ifPresent(by -> right.release(seen.database(), by));
        });
    }
}
