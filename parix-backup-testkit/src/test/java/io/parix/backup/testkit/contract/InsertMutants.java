package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Catalogs that are wrong about what they are, what they take in, and who may work on a database. */
final class InsertMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private InsertMutants() {}

    /** How an insert goes wrong. */
    interface Insert {
        Inserted insert(Catalog right, NewJob job);
    }

    /** How taking up goes wrong. */
    interface Adopt {
        Set<String> adopt(Catalog right, List<AdoptedJob> jobs);
    }

    private static void insert(String name, Insert wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public Inserted insert(NewJob job) {
                return wrong.insert(right, job);
            }
        });
    }

    private static void adopt(String name, Adopt wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public Set<String> adopt(List<AdoptedJob> jobs) {
                return wrong.adopt(right, jobs);
            }
        });
    }

    static {
        AtomicLong installations = new AtomicLong();
        MUTANTS.add("CAT-01 draws a new installation whenever it is asked", catalog -> new WrongCatalog(catalog) {
            @Override
            public String installation() {
                return String.format("%032x", installations.incrementAndGet());
            }
        });
        MUTANTS.add("CAT-01 every catalog is the same installation", catalog -> new WrongCatalog(catalog) {
            @Override
            public String installation() {
                return "0".repeat(32);
            }
        });
        MUTANTS.add("CAT-02 the clock has nanoseconds", catalog -> new WrongCatalog(catalog) {
            @Override
            public Instant now() {
                return right.now().plusNanos(7);
            }
        });
        MUTANTS.add("CAT-02 instants are rounded up", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<JobRecord> find(String id) {
                return right.find(id)
                        .map(row -> row.waiting(row.due().orElseThrow().plusNanos(1_000), "", 0));
            }
        });
        MUTANTS.add("CAT-03 the region is lost", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<JobRecord> find(String id) {
                return right.find(id).map(row -> CatalogSamples.inRegion(row, ""));
            }
        });
        MUTANTS.add("CAT-05 the slot is kept after the end", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                Optional<Workflow> holder = right.occupant(write.next().database());
                JobRecord written = right.write(write);
                holder.ifPresent(workflow -> right.acquire(written.database(), workflow));
                return written;
            }
        });
        MUTANTS.add("CAT-05 any end frees the database", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                JobRecord written = right.write(write);
                if (written.status().ended()) {
                    right.occupant(written.database()).ifPresent(by -> right.release(written.database(), by));
                }
                return written;
            }
        });
        MUTANTS.add("CAT-06 anybody may give a slot back", catalog -> new WrongCatalog(catalog) {
            @Override
            public void release(DatabaseId database, Workflow workflow) {
                right.occupant(database).ifPresent(holder -> right.release(database, holder));
            }
        });
        MUTANTS.add("CAT-06 a holder is refused its own slot", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<Workflow> acquire(DatabaseId database, Workflow workflow) {
                Optional<Workflow> holder = right.occupant(database);
                return holder.isPresent() ? holder : right.acquire(database, workflow);
            }
        });
        insert("CAT-07 keys are ignored", (right, job) -> right.insert(new NewJob(job.row(), null, job.event())));
        MUTANTS.add("CAT-07 a key is the same for every kind", catalog -> new WrongCatalog(catalog) {
            @Override
            public Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key) {
                return right.keyed(database, JobKind.BACKUP, key);
            }
        });
        insert("CAT-08 a repeated insert finds itself in its own way", (right, job) -> {
            Inserted answer = right.insert(job);
            boolean again = answer instanceof Inserted.Existing && job.idempotencyKey() == null;
            return again
                    ? new Inserted.Occupied(right.occupant(job.row().database()).orElseThrow())
                    : answer;
        });
        insert("CAT-08 an id may be used again", (right, job) -> {
            try {
                return right.insert(job);
            } catch (CatalogConflictException e) {
                return new Inserted.Existing(e.actual().orElseThrow());
            }
        });
        adopt(
                "CAT-40 segments of taken up backups are lost",
                (right, jobs) -> right.adopt(jobs.stream()
                        .map(job -> new AdoptedJob(job.row(), Map.of()))
                        .toList()));
        adopt("CAT-40 a taken up backup holds its database", (right, jobs) -> {
            Set<String> taken = right.adopt(jobs);
            jobs.forEach(job -> right.acquire(
                    job.row().database(),
                    new Workflow(
                            job.row().kind().workflow().orElseThrow(), job.row().id())));
            return taken;
        });
        adopt("CAT-41 everything is told as new", (right, jobs) -> {
            right.adopt(jobs);
            return jobs.stream().map(job -> job.row().id()).collect(Collectors.toSet());
        });
        adopt("CAT-41 what is known gets the segments that were found", (right, jobs) -> {
            Set<String> taken = right.adopt(jobs);
            jobs.stream().filter(job -> !taken.contains(job.row().id())).forEach(job -> addSegments(right, job));
            return taken;
        });
    }

    private static void addSegments(Catalog right, AdoptedJob job) {
        JobRecord there = right.find(job.row().id()).orElseThrow();
        JobRecord held = right.claim(there, "wrong", CatalogSamples.LEASE);
        List<BackupEvent> none = List.of();
        right.write(new JobWrite(CatalogSamples.ended(held, there.status()), none, job.segments()));
    }
}
