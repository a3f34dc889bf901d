package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.all;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.cleanUp;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.ids;
import static io.parix.backup.testkit.contract.CatalogSamples.inRegion;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.CatalogSamples.tooManyIds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs by their ids, by their status and by their kind, and the databases that have any. */
public interface JobSelectContract extends CatalogFixture {
    @Test
    @DisplayName(
            "CAT-63 of several ids those that are there are found, whole, of any kind and database, in order of id")
    default void findsSeveral() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord b10 = end(catalog, insert(catalog, "b10", DB));
        JobRecord held = claim(catalog, insert(catalog, "b9", DB));
        JobRecord upper = insert(catalog, "B2", OTHER);
        JobRecord low = created(catalog.insert(cleanUp(catalog, "b_1", DB, null)));
        insert(catalog, "b1", new DatabaseId("third"));
        Set<String> ids = Set.of("b9", "b10", "b_1", "B2", "b", "B10", "none");
        assertThat(catalog.find(ids)).containsExactly(upper, b10, held, low);
        assertThat(again(catalog).find(Set.of("b9"))).containsExactly(held);
        assertThat(catalog.find(Set.of("none"))).isEmpty();
        assertThat(catalog.find(Set.of())).isEmpty();
    }

    @Test
    @DisplayName("CAT-63 a thousand ids are looked up at once, and one more is refused")
    default void findsAThousand() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        Set<String> ids = tooManyIds();
        catalog.adopt(ids.stream()
                .filter(id -> !id.equals("b1000"))
                .map(id -> new AdoptedJob(ended(row(id, JobKind.BACKUP, DB, now), JobStatus.COMPLETED), Map.of()))
                .toList());
        assertThatThrownBy(() -> catalog.find(ids)).isInstanceOf(InvalidRequestException.class);
        Set<String> most = new HashSet<>(ids);
        most.remove("b1000");
        assertThat(ids(catalog.find(most)))
                .containsExactlyInAnyOrderElementsOf(most)
                .isSorted();
    }

    @Test
    @DisplayName("CAT-64 history of a status is of that status only, page by page and in a range, and follows the row")
    default void listsAStatus() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        for (int hour = 0; hour < 9; hour++) {
            JobRecord row = row("b" + hour, JobKind.BACKUP, DB, noon.plus(Duration.ofHours(hour)));
            JobRecord held = claim(catalog, created(catalog.insert(asked(row, null))));
            catalog.write(JobWrite.of(ended(held, hour % 3 == 0 ? JobStatus.COMPLETED : JobStatus.FAILED)));
        }
        end(catalog, insert(catalog, "o1", OTHER));
        end(catalog, created(catalog.insert(asked(row("r1", JobKind.RESTORE, DB, noon), null))));
        JobRecord active = insert(catalog, "active", DB);
        for (int size = 1; size <= 4; size++) {
            HistoryQuery newest = HistoryQuery.newest(DB, JobKind.BACKUP, size);
            HistoryQuery.Range range =
                    new HistoryQuery.Range(noon.plus(Duration.ofHours(1)), noon.plus(Duration.ofHours(7)));
            assertThat(all(catalog, newest.having(JobStatus.COMPLETED))).containsExactly("b6", "b3", "b0");
            assertThat(all(catalog, newest.having(JobStatus.FAILED).within(range)))
                    .containsExactly("b5", "b4", "b2", "b1");
            assertThat(all(catalog, newest.within(range).having(JobStatus.COMPLETED)))
                    .containsExactly("b6", "b3");
            assertThat(all(catalog, newest.having(JobStatus.QUEUED))).containsExactly("active");
            assertThat(all(catalog, newest.having(JobStatus.RUNNING))).isEmpty();
        }
        end(catalog, active);
        HistoryQuery completed = HistoryQuery.newest(DB, JobKind.BACKUP, 10).having(JobStatus.COMPLETED);
        assertThat(ids(again(catalog).history(completed))).containsExactly("active", "b6", "b3", "b0");
        assertThat(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 100)))
                .as("of any status")
                .hasSize(10);
    }

    @Test
    @DisplayName("CAT-65 who asks for due jobs of some kinds is told of these only, and of no kind, of every one")
    default void listsKinds() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        created(catalog.insert(asked(row("b1", JobKind.BACKUP, DB, now.minusSeconds(3)), null)));
        created(catalog.insert(asked(row("r1", JobKind.RESTORE, OTHER, now.minusSeconds(2)), null)));
        created(catalog.insert(asked(row("c1", JobKind.CLEAN_UP, DB, now.minusSeconds(1)), null)));
        created(catalog.insert(asked(inRegion(row("c2", JobKind.CLEAN_UP, DB, now), "us"), null)));
        created(catalog.insert(asked(row("c3", JobKind.CLEAN_UP, DB, now.plusSeconds(600)), null)));
        Set<String> everywhere = Set.of();
        assertThat(ids(catalog.due(new DueQuery(everywhere, Set.of(JobKind.BACKUP, JobKind.RESTORE), 10))))
                .containsExactly("b1", "r1");
        assertThat(ids(catalog.due(new DueQuery(everywhere, Set.of(JobKind.CLEAN_UP), 10))))
                .containsExactly("c1", "c2");
        assertThat(ids(catalog.due(new DueQuery(everywhere, Set.of(JobKind.CLEAN_UP), 1))))
                .containsExactly("c1");
        assertThat(ids(catalog.due(new DueQuery(Set.of("us"), Set.of(JobKind.CLEAN_UP), 10))))
                .containsExactly("c2");
        assertThat(catalog.due(new DueQuery(Set.of("us"), Set.of(JobKind.BACKUP), 10)))
                .isEmpty();
        assertThat(ids(catalog.due(DueQuery.everywhere(10)))).containsExactly("b1", "r1", "c1", "c2");
    }

    @Test
    @DisplayName(
            "CAT-84 who asks for it is told, behind what is due, of jobs that are to be looked at later than any can be")
    default void listsWhatIsTooFarAhead() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        created(catalog.insert(asked(row("c1", JobKind.CLEAN_UP, DB, now.plus(Duration.ofDays(400))), null)));
        created(catalog.insert(asked(row("c2", JobKind.CLEAN_UP, DB, now.plus(Duration.ofDays(5))), null)));
        created(catalog.insert(asked(row("c3", JobKind.CLEAN_UP, DB, now), null)));
        created(catalog.insert(asked(
                inRegion(row("c4", JobKind.CLEAN_UP, DB, now.plus(Duration.ofDays(300))), "us"), null)));
        created(catalog.insert(asked(row("b1", JobKind.BACKUP, DB, now.plus(Duration.ofDays(400))), null)));
        DueQuery due = new DueQuery(Set.of(), Set.of(JobKind.CLEAN_UP), 10);
        assertThat(ids(catalog.due(due))).containsExactly("c3");
        assertThat(ids(again(catalog).due(due.orLaterThan(Duration.ofDays(7))))).containsExactly("c3", "c4", "c1");
        assertThat(ids(catalog.due(new DueQuery(Set.of("us"), Set.of(), 10).orLaterThan(Duration.ofDays(7)))))
                .containsExactly("c4");
        DueQuery two = new DueQuery(Set.of(), Set.of(JobKind.CLEAN_UP), 2).orLaterThan(Duration.ofDays(7));
        assertThat(ids(catalog.due(two))).containsExactly("c3", "c4");
        claim(catalog, catalog.find("c4").orElseThrow());
        assertThat(ids(catalog.due(two))).containsExactly("c3", "c1");
    }

    @Test
    @DisplayName("CAT-70 databases that have jobs are listed once each, by code point, and pages give every one")
    default void listsDatabases() throws Exception {
        Catalog catalog = emptyCatalog();
        assertThat(catalog.databases(null, 10)).isEmpty();
        for (String name : List.of("a1", "a", "a_x", "aB", "a-1", "A")) {
            DatabaseId database = new DatabaseId(name);
            end(catalog, insert(catalog, "first-of-" + name, database));
            insert(catalog, "second-of-" + name, database);
        }
        created(catalog.insert(cleanUp(catalog, "c1", new DatabaseId("b"), null)));
        catalog.write(ScheduleWrite.of(new ScheduleRecord(new DatabaseId("scheduled"), 0, null, "{}")));
        catalog.acquire(new DatabaseId("held"), new Workflow(WorkflowKind.IMPORT, "i1"));
        List<DatabaseId> order = List.of("A", "a", "a-1", "a1", "aB", "a_x", "b").stream()
                .map(DatabaseId::new)
                .toList();
        for (int size = 1; size <= order.size() + 1; size++) {
            List<DatabaseId> seen = new ArrayList<>();
            List<DatabaseId> page = catalog.databases(null, size);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                seen.addAll(page);
                page = again(catalog).databases(page.get(page.size() - 1), size);
            }
            assertThat(seen).as("pages of %s", size).isEqualTo(order);
        }
        assertThat(catalog.databases(new DatabaseId("Z"), 2)).isEqualTo(order.subList(1, 3));
    }
}
