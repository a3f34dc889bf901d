package io.parix.backup.testkit.contract;

import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;

/** Catalogs that are wrong about jobs that occupy nothing and that nobody asked for. */
final class CleanUpMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private CleanUpMutants() {}

    /** How an insert goes wrong. */
    interface Insert {
        Inserted insert(Catalog right, NewJob job);
    }

    private static void insert(String name, Insert wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public Inserted insert(NewJob job) {
                return job.row().kind() == JobKind.CLEAN_UP ? wrong.insert(right, job) : right.insert(job);
            }
        });
    }

    static {
        insert(
                "CAT-60 an active backup keeps a clean-up out",
                (right, job) -> right.occupant(job.row().database())
                        .<Inserted>map(Inserted.Occupied::new)
                        .orElseGet(() -> right.insert(job)));
        insert("CAT-60 a clean-up takes the slot where it is free", (right, job) -> {
            right.acquire(
                    job.row().database(),
                    new Workflow(WorkflowKind.BACKUP, job.row().id()));
            return right.insert(job);
        });
        MUTANTS.add("CAT-60 the end of a clean-up frees the database", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                JobRecord written = right.write(write);
                if (written.kind() == JobKind.CLEAN_UP && written.status().ended()) {
                    right.occupant(written.database()).ifPresent(by -> right.release(written.database(), by));
                }
                return written;
            }
        });
        MUTANTS.add(
                "CAT-60 the end of a clean-up gives back a backup's slot of its id",
                catalog -> new WrongCatalog(catalog) {
                    @Override
                    public JobRecord write(JobWrite write) {
                        JobRecord written = right.write(write);
                        if (written.status().ended()) {
                            right.release(written.database(), new Workflow(WorkflowKind.BACKUP, written.id()));
                        }
                        return written;
                    }
                });
        insert("CAT-61 the id of a clean-up that has ended is refused", (right, job) -> {
            right.find(job.row().id()).filter(row -> row.status().ended()).ifPresent(row -> {
                throw new CatalogConflictException(row.id(), 0, row);
            });
            return right.insert(job);
        });
        insert(
                "CAT-61 keys of clean-ups are ignored",
                (right, job) -> right.insert(new NewJob(job.row(), null, job.event())));
        insert("CAT-61 everybody is told that he made it", (right, job) -> {
            Inserted answer = right.insert(job);
            return answer instanceof Inserted.Existing existing ? new Inserted.Created(existing.row()) : answer;
        });
        MUTANTS.add("CAT-62 every job is told of", catalog -> new WrongCatalog(catalog) {
            @Override
            public Inserted insert(NewJob job) {
                return right.insert(CatalogSamples.asked(job.row(), job.idempotencyKey()));
            }
        });
        insert(
                "CAT-62 a clean-up is never told of",
                (right, job) -> right.insert(new NewJob(job.row(), job.idempotencyKey(), null)));
    }
}
