package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.all;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.ids;
import static io.parix.backup.testkit.contract.CatalogSamples.inRegion;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is due, and what was. */
public interface JobListContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-20 due lists the longest due first, as many as asked for, and nothing that is not due yet")
    default void listsWhatIsDue() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        String[] jobs = {"z", "a", "m", "later"};
        int[] secondsAgo = {30, 20, 10, -600};
        for (int i = 0; i < jobs.length; i++) {
            Instant due = now.minusSeconds(secondsAgo[i]);
            created(catalog.insert(asked(row(jobs[i], JobKind.BACKUP, new DatabaseId("db-" + jobs[i]), due), null)));
        }
        assertThat(ids(catalog.due(DueQuery.everywhere(10)))).containsExactly("z", "a", "m");
        assertThat(ids(catalog.due(DueQuery.everywhere(2)))).containsExactly("z", "a");
        elapse(catalog, Duration.ofMinutes(10));
        assertThat(ids(again(catalog).due(DueQuery.everywhere(10)))).containsExactly("z", "a", "m", "later");
    }

    @Test
    @DisplayName("CAT-20 due leaves out live leases and lists lapsed ones, and what has ended and is still to be swept")
    default void listsWhatNobodyLooksAt() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        assertThat(catalog.due(DueQuery.everywhere(10))).isEmpty();
        elapse(catalog, LEASE);
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(held);
        JobRecord taken = claim(catalog, held);
        JobRecord swept = catalog.write(JobWrite.of(taken.moved(JobStatus.FAILED, "sweeping", "{}", catalog.now())));
        assertThat(swept.claimed()).isEmpty();
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(swept);
        catalog.write(JobWrite.of(ended(claim(catalog, swept), JobStatus.FAILED)));
        assertThat(catalog.due(DueQuery.everywhere(10))).isEmpty();
    }

    @Test
    @DisplayName(
            "CAT-21 a worker that serves some regions is told of their jobs only, one that serves all of every job")
    default void listsByRegion() throws Exception {
        Catalog catalog = emptyCatalog();
        for (String region : List.of("eu", "us", "ap")) {
            JobRecord row = row(catalog, "in-" + region, new DatabaseId("db-" + region));
            created(catalog.insert(asked(inRegion(row, region), null)));
        }
        assertThat(ids(catalog.due(new DueQuery(Set.of("us"), Set.of(), 10)))).containsExactly("in-us");
        assertThat(ids(catalog.due(new DueQuery(Set.of("eu", "ap"), Set.of(), 10))))
                .containsExactlyInAnyOrder("in-eu", "in-ap");
        assertThat(catalog.due(new DueQuery(Set.of("mars"), Set.of(), 10))).isEmpty();
        assertThat(catalog.due(DueQuery.everywhere(10))).hasSize(3);
    }

    @Test
    @DisplayName("CAT-22 history is newest first, ties by id, and its pages give every row once")
    default void pages() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant first = catalog.now().minusSeconds(3_600);
        for (String id : List.of("b10", "B2", "b9", "b_1", "a1")) {
            end(catalog, created(catalog.insert(asked(row(id, JobKind.BACKUP, DB, first), null))));
        }
        end(catalog, created(catalog.insert(asked(row("a9", JobKind.BACKUP, DB, first.plusNanos(1_000)), null))));
        end(catalog, created(catalog.insert(asked(row("z", JobKind.BACKUP, DB, first.minusNanos(1_000)), null))));
        List<String> order = List.of("a9", "b_1", "b9", "b10", "a1", "B2", "z");
        for (int size = 1; size <= order.size() + 1; size++) {
            assertThat(all(catalog, HistoryQuery.newest(DB, JobKind.BACKUP, size)))
                    .as("pages of %s", size)
                    .isEqualTo(order);
        }
    }

    @Test
    @DisplayName("CAT-23 a range holds its first instant and not its last, page by page")
    default void listsARange() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        for (int hour = 0; hour < 6; hour++) {
            Instant at = noon.plus(Duration.ofHours(hour));
            end(catalog, created(catalog.insert(asked(row("b" + hour, JobKind.BACKUP, DB, at), null))));
        }
        Instant from = noon.plus(Duration.ofHours(1));
        Instant to = noon.plus(Duration.ofHours(4));
        HistoryQuery newest = HistoryQuery.newest(DB, JobKind.BACKUP, 2);
        assertThat(all(catalog, newest.within(new HistoryQuery.Range(from, to))))
                .containsExactly("b3", "b2", "b1");
        assertThat(all(catalog, newest.within(new HistoryQuery.Range(from.plusNanos(1), to.plusNanos(1)))))
                .containsExactly("b4", "b3", "b2");
        assertThat(all(catalog, newest.within(new HistoryQuery.Range(to, null))))
                .containsExactly("b5", "b4");
        assertThat(all(catalog, newest.within(new HistoryQuery.Range(null, from))))
                .containsExactly("b0");
        assertThat(all(catalog, newest.within(new HistoryQuery.Range(from, from))))
                .isEmpty();
    }

    @Test
    @DisplayName("CAT-24 history is of one database and one kind")
    default void listsOneKind() throws Exception {
        Catalog catalog = emptyCatalog();
        end(catalog, insert(catalog, "b1", DB));
        end(catalog, insert(catalog, "o1", OTHER));
        end(catalog, created(catalog.insert(asked(row("r1", JobKind.RESTORE, DB, catalog.now()), null))));
        assertThat(ids(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 10))))
                .containsExactly("b1");
        assertThat(ids(catalog.history(HistoryQuery.newest(DB, JobKind.RESTORE, 10))))
                .containsExactly("r1");
        assertThat(catalog.history(HistoryQuery.newest(OTHER, JobKind.RESTORE, 10)))
                .isEmpty();
    }
}
