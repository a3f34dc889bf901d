package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.cleanUp;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs of a kind that occupies nothing, made by the library itself: they run beside whatever is active. */
public interface CleanUpJobContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-60 a clean-up comes in beside an active backup, and works, and the backup keeps its database")
    default void comesInBesideABackup() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "b1", DB);
        Workflow backup = new Workflow(WorkflowKind.BACKUP, "b1");
        JobRecord given = cleanUp(catalog, "c1", DB, null).row();

        JobRecord first = created(catalog.insert(new NewJob(given, null, null)));

        assertThat(first).isEqualTo(given);
        assertThat(again(catalog).find("c1")).contains(given);
        assertThat(catalog.due(DueQuery.everywhere(10))).hasSize(2);
        assertThat(catalog.occupant(DB)).contains(backup);
        JobRecord on = catalog.write(JobWrite.of(running(catalog, claim(catalog, first))));
        assertThat(catalog.occupant(DB)).contains(backup);
        catalog.write(JobWrite.of(ended(on, JobStatus.COMPLETED)));
        assertThat(catalog.occupant(DB)).as("after the clean-up's end").contains(backup);
        assertThat(catalog.insert(asked(row(catalog, "b2", DB), null))).isEqualTo(new Inserted.Occupied(backup));
    }

    @Test
    @DisplayName("CAT-60 an active clean-up keeps out no backup, no restore, no host, and no other clean-up")
    default void keepsNobodyOut() throws Exception {
        Catalog catalog = emptyCatalog();
        created(catalog.insert(cleanUp(catalog, "c1", DB, null)));
        assertThat(catalog.occupant(DB)).isEmpty();
        created(catalog.insert(cleanUp(catalog, "c2", DB, null)));
        end(catalog, insert(catalog, "b1", DB));
        end(catalog, created(catalog.insert(asked(row("r1", JobKind.RESTORE, DB, catalog.now()), null))));
        Workflow host = new Workflow(WorkflowKind.IMPORT, "i1");
        assertThat(catalog.acquire(DB, host)).isEmpty();
        created(catalog.insert(cleanUp(catalog, "c3", DB, null)));
        assertThat(catalog.occupant(DB)).contains(host);
    }

    @Test
    @DisplayName("CAT-60 the end of a clean-up gives back no slot, not even one that is held in its own name")
    default void givesNothingBack() throws Exception {
        Catalog catalog = emptyCatalog();
        for (WorkflowKind kind : WorkflowKind.values()) {
            JobRecord job = created(catalog.insert(cleanUp(catalog, "c-" + kind.code(), DB, null)));
            Workflow like = new Workflow(kind, job.id());
            assertThat(catalog.acquire(DB, like)).isEmpty();
            end(catalog, job);
            assertThat(catalog.occupant(DB)).contains(like);
            catalog.release(DB, like);
        }
    }

    @Test
    @DisplayName("CAT-61 a clean-up that is there is found by its id, active and ended, and nothing is inserted")
    default void findsItById() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord first = created(catalog.insert(cleanUp(catalog, "c1", DB, null)));
        assertThat(catalog.insert(cleanUp(catalog, "c1", DB, null))).isEqualTo(new Inserted.Existing(first));
        insert(catalog, "b1", DB);
        assertThat(catalog.insert(cleanUp(catalog, "c1", DB, "key"))).isEqualTo(new Inserted.Existing(first));
        assertThat(catalog.keyed(DB, JobKind.CLEAN_UP, "key"))
                .as("a key that made no job")
                .isEmpty();
        JobRecord over = end(catalog, first);
        assertThat(again(catalog).insert(cleanUp(catalog, "c1", DB, null))).isEqualTo(new Inserted.Existing(over));
        assertThat(catalog.find("c1")).contains(over);
    }

    @Test
    @DisplayName("CAT-61 a clean-up's key finds it, active and ended, and is no other kind's and no other database's")
    default void findsItByKey() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord first = created(catalog.insert(cleanUp(catalog, "c1", DB, "monday")));
        assertThat(catalog.insert(cleanUp(catalog, "c2", DB, "monday"))).isEqualTo(new Inserted.Existing(first));
        JobRecord over = end(catalog, first);
        assertThat(catalog.insert(cleanUp(catalog, "c2", DB, "monday"))).isEqualTo(new Inserted.Existing(over));
        assertThat(catalog.keyed(DB, JobKind.CLEAN_UP, "monday")).contains(over);
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "monday")).isEmpty();
        assertThat(catalog.find("c2")).isEmpty();
        created(catalog.insert(cleanUp(catalog, "c3", OTHER, "monday")));
        created(catalog.insert(asked(row(catalog, "b1", DB), "monday")));
    }

    @Test
    @DisplayName("CAT-61 of eight that race with one key, and of eight that race with one id, one is created")
    default void makesOne() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        List<Inserted> byKey = race(IntStream.range(0, 8)
                .<Callable<Inserted>>mapToObj(i -> {
                    NewJob job = cleanUp(catalog, "c" + i, DB, "monday");
                    return () -> (i % 2 == 0 ? catalog : other).insert(job);
                })
                .toList());
        assertThat(byKey).filteredOn(Inserted.Created.class::isInstance).hasSize(1);
        assertThat(byKey).filteredOn(Inserted.Existing.class::isInstance).hasSize(7);
        assertThat(IntStream.range(0, 8).filter(i -> catalog.find("c" + i).isPresent()))
                .hasSize(1);
        NewJob same = cleanUp(catalog, "same", DB, null);
        List<Inserted> byId = race(IntStream.range(0, 8)
                .<Callable<Inserted>>mapToObj(i -> () -> (i % 2 == 0 ? catalog : other).insert(same))
                .toList());
        assertThat(byId).filteredOn(new Inserted.Created(same.row())::equals).hasSize(1);
        assertThat(byId).filteredOn(new Inserted.Existing(same.row())::equals).hasSize(7);
    }

    @Test
    @DisplayName("CAT-62 a job that nobody asked for makes no event, one that somebody did makes its own")
    default void makesNoEvent() throws Exception {
        Catalog catalog = emptyCatalog();
        end(catalog, created(catalog.insert(cleanUp(catalog, "c1", DB, null))));
        JobRecord scheduled = row(catalog, "b1", DB);
        end(catalog, created(catalog.insert(new NewJob(scheduled, "key", null))));
        assertThat(catalog.undelivered(10)).isEmpty();
        created(catalog.insert(asked(row("c2", JobKind.CLEAN_UP, DB, catalog.now()), null)));
        assertThat(catalog.undelivered(10)).extracting(BackupEvent::job).containsExactly("c2");
    }
}
