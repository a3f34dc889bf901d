package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
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

/** How jobs come into a catalog, and who may work on a database. */
public interface InsertContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-03 what was inserted is found, whole, by every process; what was not is not")
    default void findsWhatWasInserted() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord given = row(catalog, "b1", DB);
        assertThat(catalog.insert(asked(given, null))).isEqualTo(new Inserted.Created(given));
        assertThat(catalog.find("b1")).contains(given);
        assertThat(again(catalog).find("b1")).contains(given);
        assertThat(catalog.find("b2")).isEmpty();
    }

    @Test
    @DisplayName("CAT-04 of eight that race for a database one is created, the others learn of it and leave nothing")
    default void admitsOne() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        List<Inserted> answers = race(IntStream.range(0, 8)
                .<Callable<Inserted>>mapToObj(i -> {
                    NewJob job = asked(row(catalog, "b" + i, DB), "key-" + i);
                    return () -> (i % 2 == 0 ? catalog : other).insert(job);
                })
                .toList());
        List<String> created = answers.stream()
                .filter(Inserted.Created.class::isInstance)
                .map(answer -> ((Inserted.Created) answer).row().id())
                .toList();
        assertThat(created).hasSize(1);
        Workflow winner = new Workflow(WorkflowKind.BACKUP, created.get(0));
        assertThat(answers).filteredOn(new Inserted.Occupied(winner)::equals).hasSize(7);
        assertThat(catalog.occupant(DB)).contains(winner);
        assertThat(catalog.undelivered(100)).extracting(BackupEvent::job).containsExactly(winner.owner());
        assertThat(IntStream.range(0, 8).filter(i -> catalog.find("b" + i).isPresent()))
                .hasSize(1);
        assertThat(IntStream.range(0, 8)
                        .filter(i ->
                                catalog.keyed(DB, JobKind.BACKUP, "key-" + i).isPresent()))
                .hasSize(1);
    }

    @Test
    @DisplayName("CAT-04 jobs of different databases do not stand in each other's way")
    default void admitsOnePerDatabase() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "b1", DB);
        insert(catalog, "b2", OTHER);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
        assertThat(catalog.occupant(OTHER)).contains(new Workflow(WorkflowKind.BACKUP, "b2"));
    }

    @Test
    @DisplayName("CAT-05 the slot comes back when the job ends, not before, and only the job's own")
    default void givesTheSlotBack() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        JobRecord on = catalog.write(JobWrite.of(running(catalog, held)));
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
        JobRecord over = catalog.write(JobWrite.of(ended(on, JobStatus.FAILED)));
        assertThat(catalog.occupant(DB)).isEmpty();
        insert(catalog, "b2", DB);
        catalog.write(JobWrite.of(ended(claim(catalog, over), JobStatus.FAILED)));
        assertThat(catalog.occupant(DB))
                .as("after more work on what has ended")
                .contains(new Workflow(WorkflowKind.BACKUP, "b2"));
    }

    @Test
    @DisplayName("CAT-06 a host takes the slot, may repeat that, and gives back what it holds and nothing else")
    default void lendsTheSlot() throws Exception {
        Catalog catalog = emptyCatalog();
        Workflow mine = new Workflow(WorkflowKind.IMPORT, "i1");
        Workflow like = new Workflow(WorkflowKind.PROVISIONING, "i1");
        assertThat(catalog.acquire(DB, mine)).isEmpty();
        assertThat(again(catalog).acquire(DB, mine)).isEmpty();
        assertThat(catalog.acquire(DB, like)).contains(mine);
        assertThat(catalog.insert(asked(row(catalog, "b1", DB), null))).isEqualTo(new Inserted.Occupied(mine));
        catalog.release(DB, like);
        catalog.release(OTHER, mine);
        assertThat(catalog.occupant(DB)).contains(mine);
        catalog.release(DB, mine);
        catalog.release(DB, mine);
        assertThat(catalog.occupant(DB)).isEmpty();
        insert(catalog, "b1", DB);
        assertThat(catalog.acquire(DB, mine)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
    }

    @Test
    @DisplayName("CAT-06 of hosts and jobs that race for a slot one gets it")
    default void lendsToOne() throws Exception {
        Catalog catalog = emptyCatalog();
        List<Boolean> got = race(IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> {
                    NewJob job = asked(row(catalog, "b" + i, DB), null);
                    return i % 2 == 0
                            ? () -> catalog.acquire(DB, new Workflow(WorkflowKind.IMPORT, "i" + i))
                                    .isEmpty()
                            : () -> catalog.insert(job) instanceof Inserted.Created;
                })
                .toList());
        assertThat(got).containsOnlyOnce(true);
    }

    @Test
    @DisplayName("CAT-07 a key finds its job, per database and kind, also after the job's end")
    default void remembersKeys() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord first = CatalogSamples.created(catalog.insert(asked(row(catalog, "b1", DB), "monday")));
        assertThat(catalog.insert(asked(row(catalog, "b2", DB), "monday"))).isEqualTo(new Inserted.Existing(first));
        JobRecord over = end(catalog, first);
        assertThat(again(catalog).insert(asked(row(catalog, "b3", DB), "monday")))
                .isEqualTo(new Inserted.Existing(over));
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "monday")).contains(over);
        assertThat(catalog.keyed(DB, JobKind.RESTORE, "monday")).isEmpty();
        assertThat(catalog.keyed(OTHER, JobKind.BACKUP, "monday")).isEmpty();
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "Monday")).isEmpty();
        assertThat(catalog.insert(asked(row(catalog, "b4", OTHER), "monday"))).isInstanceOf(Inserted.Created.class);
        assertThat(catalog.find("b2")).isEmpty();
        assertThat(catalog.find("b3")).isEmpty();
        assertThat(catalog.undelivered(10)).extracting(BackupEvent::job).containsExactly("b1", "b4");
    }

    @Test
    @DisplayName("CAT-07 of eight that race with one key one is created, and the others find it")
    default void admitsOnePerKey() throws Exception {
        Catalog catalog = emptyCatalog();
        List<Inserted> answers = race(IntStream.range(0, 8)
                .<Callable<Inserted>>mapToObj(i -> {
                    NewJob job = asked(row(catalog, "b" + i, DB), "monday");
                    return () -> catalog.insert(job);
                })
                .toList());
        assertThat(answers).filteredOn(Inserted.Created.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Inserted.Existing.class::isInstance).hasSize(7);
    }

    @Test
    @DisplayName("CAT-08 inserting a job again, because the answer was lost, finds it; its id is never used again")
    default void repeatsAnInsert() throws Exception {
        Catalog catalog = emptyCatalog();
        NewJob job = asked(row(catalog, "b1", DB), null);
        JobRecord first = CatalogSamples.created(catalog.insert(job));
        assertThat(catalog.insert(job)).isEqualTo(new Inserted.Existing(first));
        assertThat(catalog.undelivered(10)).hasSize(1);
        JobRecord over = end(catalog, first);
        assertThat(conflict(() -> catalog.insert(job)).actual()).contains(over);
        assertThat(catalog.occupant(DB)).isEmpty();
    }
}
