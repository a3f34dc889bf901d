package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.backup;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.claimedAs;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.event;
import static io.parix.backup.testkit.contract.CatalogSamples.fence;
import static io.parix.backup.testkit.contract.CatalogSamples.ids;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupEvent;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How jobs leave a catalog. */
public interface RemoveContract extends CatalogFixture {
    @Test
    @DisplayName(
            "CAT-68 a job is removed at the version that was seen and at no other, and the conflict carries the row")
    default void removesConditionally() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord seen = end(catalog, insert(catalog, "b1", DB));
        JobRecord moved = end(catalog, seen);
        List<BackupEvent> events = List.of(event(seen, "removed"));
        int before = catalog.undelivered(10).size();
        assertThat(conflict(() -> catalog.remove(seen, events)).actual()).contains(moved);
        assertThat(catalog.find("b1")).contains(moved);
        assertThat(catalog.undelivered(10)).hasSize(before);
        again(catalog).remove(moved, List.of());
        assertThat(conflict(() -> catalog.remove(moved, events)).actual()).isEmpty();
        JobRecord unknown = ended(row(catalog, "b2", DB), JobStatus.COMPLETED);
        assertThat(conflict(() -> catalog.remove(unknown, events)).actual()).isEmpty();
        assertThat(catalog.undelivered(10)).hasSize(before);
    }

    @Test
    @DisplayName("CAT-68 one that somebody works on is removed by that one alone, also when the lease has lapsed")
    default void respectsTheClaim() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, end(catalog, insert(catalog, "b1", DB)));
        Claim mine = held.claimed().orElseThrow();
        Claim other = new Claim("w2", fence(held) - 1, mine.until());
        assertThat(conflict(() -> catalog.remove(claimedAs(held, null), List.of()))
                        .actual())
                .contains(held);
        assertThat(conflict(() -> catalog.remove(claimedAs(held, other), List.of()))
                        .actual())
                .contains(held);
        elapse(catalog, LEASE.plus(LEASE));
        JobRecord taken = catalog.claim(held, "w2", LEASE);
        assertThat(conflict(() -> catalog.remove(held, List.of())).actual()).contains(taken);
        assertThat(catalog.find("b1")).contains(taken);
        catalog.remove(taken, List.of());
        assertThat(catalog.find("b1")).isEmpty();
    }

    @Test
    @DisplayName("CAT-68 a removal that is refused leaves the key, the segments and what else is there")
    default void changesNothingWhereRefused() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, created(catalog.insert(asked(row(catalog, "b1", DB), "monday"))));
        JobRecord over =
                catalog.write(new JobWrite(ended(held, JobStatus.COMPLETED), List.of(), Map.of("s/1", 1L, "s/2", 1L)));
        JobRecord moved = catalog.write(JobWrite.of(ended(over, JobStatus.COMPLETED)));

        conflict(() -> catalog.remove(over, List.of()));

        Catalog other = again(catalog);
        assertThat(other.find("b1")).contains(moved);
        assertThat(other.keyed(DB, JobKind.BACKUP, "monday")).contains(moved);
        assertThat(other.needing(DB, "s/1")).containsExactly("b1");
        assertThat(other.unshared("b1")).containsExactly("s/1", "s/2");
        JobRecord queued = created(catalog.insert(asked(row(catalog, "b2", DB), "tuesday")));
        assertThatThrownBy(() -> catalog.remove(queued, List.of())).isInstanceOf(InvalidRequestException.class);
        assertThat(other.keyed(DB, JobKind.BACKUP, "tuesday")).contains(queued);
    }

    @Test
    @DisplayName("CAT-68 a job that has not ended is not removed, and keeps its slot and its segments")
    default void keepsWhatIsActive() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord queued = insert(catalog, "b1", DB);
        assertThatThrownBy(() -> catalog.remove(queued, List.of())).isInstanceOf(InvalidRequestException.class);
        JobRecord held = claim(catalog, queued);
        JobRecord decided = catalog.write(new JobWrite(running(catalog, held), List.of(), Map.of("segments/1", 1L)));
        assertThatThrownBy(() -> catalog.remove(decided, List.of())).isInstanceOf(InvalidRequestException.class);
        assertThat(catalog.find("b1")).contains(decided);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
        assertThat(catalog.needing(DB, "segments/1")).containsExactly("b1");
    }

    @Test
    @DisplayName(
            "CAT-68 of those that remove a job and write it at the same time one wins, and the others change nothing")
    default void letsOneWin() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        for (int round = 0; round < 5; round++) {
            String id = "b" + round;
            backup(catalog, id, DB, Map.of("s/1", 1L, "s/2", 1L));
            JobRecord seen = catalog.find(id).orElseThrow();
            List<Integer> winners = race(IntStream.range(0, 8)
                            .<Callable<Integer>>mapToObj(i -> () -> tryTo(i, i % 4 < 2 ? catalog : other, seen))
                            .toList())
                    .stream()
                    .filter(winner -> winner >= 0)
                    .toList();
            assertThat(winners).hasSize(1);
            boolean removed = winners.get(0) % 2 == 0;
            assertThat(catalog.find(id).map(JobRecord::version))
                    .isEqualTo(removed ? Optional.empty() : Optional.of(seen.version() + 1));
            assertThat(catalog.needing(DB, "s/1")).isEmpty();
            assertThat(catalog.needing(DB, "s/3").contains(id)).isEqualTo(!removed);
            assertThat(catalog.undelivered(100))
                    .extracting(BackupEvent::id)
                    .filteredOn(event -> event.startsWith(id + "-winner"))
                    .containsExactly(id + "-winner-" + winners.get(0));
        }
    }

    /** Removes a job or writes it, by turns; gives the number of the one that did, and -1 for one that was late. */
    private static int tryTo(int number, Catalog catalog, JobRecord seen) {
        List<BackupEvent> events = List.of(event(seen, "winner-" + number));
        try {
            if (number % 2 == 0) {
                catalog.remove(seen, events);
            } else {
                catalog.write(new JobWrite(ended(seen, seen.status()), events, Map.of("s/3", 1L)));
            }
            return number;
        } catch (CatalogConflictException e) {
            return -1;
        }
    }

    @Test
    @DisplayName("CAT-69 a removed job leaves no row, no need of segments and nothing in a list; the others stay")
    default void leavesNothing() throws Exception {
        Catalog catalog = emptyCatalog();
        backup(catalog, "b1", DB, Map.of("s/1", 1L, "s/2", 1L));
        backup(catalog, "b2", DB, Map.of("s/2", 1L));
        backup(catalog, "o1", OTHER, Map.of("s/1", 1L));
        JobRecord swept = claim(catalog, catalog.find("b1").orElseThrow());
        JobRecord due = catalog.write(JobWrite.of(swept.moved(JobStatus.COMPLETED, "sweeping", "{}", catalog.now())));
        JobRecord active = insert(catalog, "b3", DB);

        again(catalog).remove(due, List.of());

        assertThat(catalog.find("b1")).isEmpty();
        assertThat(catalog.find(Set.of("b1", "b2"))).hasSize(1);
        assertThat(catalog.needing(DB, "s/1")).isEmpty();
        assertThat(catalog.needing(DB, "s/2")).containsExactly("b2");
        assertThat(catalog.needing(OTHER, "s/1")).containsExactly("o1");
        assertThat(ids(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 10))))
                .containsExactly("b3", "b2");
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(active);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b3"));
        JobRecord other = catalog.find("o1").orElseThrow();
        catalog.remove(other, List.of());
        assertThat(catalog.databases(null, 10)).containsExactly(DB);
    }

    @Test
    @DisplayName("CAT-69 the id and the key of a removed job make a new one, and its tokens go on")
    default void freesIdAndKey() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, created(catalog.insert(asked(row(catalog, "b1", DB), "monday"))));
        JobRecord old = catalog.write(JobWrite.of(ended(held, JobStatus.COMPLETED)));
        created(catalog.insert(asked(row(catalog, "o1", OTHER), "monday")));
        catalog.delivered(event(old, "requested").id());

        catalog.remove(old, List.of());

        assertThat(catalog.keyed(DB, JobKind.BACKUP, "monday")).isEmpty();
        assertThat(catalog.keyed(OTHER, JobKind.BACKUP, "monday")).isPresent();
        JobRecord anew = created(catalog.insert(asked(row(catalog, "b1", DB), "monday")));
        assertThat(again(catalog).keyed(DB, JobKind.BACKUP, "monday")).contains(anew);
        assertThat(conflict(() -> catalog.remove(old, List.of())).actual()).contains(anew);
        assertThat(fence(claim(catalog, anew))).isGreaterThan(fence(held));
    }

    @Test
    @DisplayName("CAT-69 the events of a removal are there with it, after those before")
    default void tellsOfIt() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord over = end(catalog, insert(catalog, "b1", DB));
        List<BackupEvent> events = List.of(event(over, "removed"), event(over, "told"));
        catalog.remove(over, events);
        assertThat(again(catalog).undelivered(10))
                .extracting(BackupEvent::id)
                .containsExactly("b1-requested", "b1-removed", "b1-told");
    }
}
