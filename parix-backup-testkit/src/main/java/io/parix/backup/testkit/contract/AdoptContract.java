package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.backup;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.ids;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a catalog is rebuilt from what object storage knows. */
public interface AdoptContract extends CatalogFixture {
    private static AdoptedJob known(Catalog catalog, String id) {
        JobRecord row = ended(row(catalog, id, DB), JobStatus.COMPLETED);
        return new AdoptedJob(row, Map.of("segments/" + id, 3L, "segments/shared", 5L));
    }

    @Test
    @DisplayName(
            "CAT-40 backups that are not known are taken up whole, with their segments, without a slot or an event")
    default void takesUp() throws Exception {
        Catalog catalog = emptyCatalog();
        List<AdoptedJob> found = List.of(known(catalog, "b1"), known(catalog, "b2"));
        assertThat(catalog.adopt(found)).containsExactlyInAnyOrder("b1", "b2");
        assertThat(again(catalog).find("b2")).contains(found.get(1).row());
        assertThat(ids(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 10))))
                .containsExactly("b2", "b1");
        assertThat(catalog.needing(DB, "segments/shared")).containsExactly("b1", "b2");
        assertThat(catalog.needing(DB, "segments/b1")).containsExactly("b1");
        assertThat(catalog.occupant(DB)).isEmpty();
        assertThat(catalog.undelivered(10)).isEmpty();
        insert(catalog, "b3", DB);
    }

    @Test
    @DisplayName(
            "CAT-41 what is known is left alone, row and segments, and is not among the new; repeating takes up nothing")
    default void leavesAlone() throws Exception {
        Catalog catalog = emptyCatalog();
        backup(catalog, "b1", DB, Map.of("segments/own", 2L));
        JobRecord there = catalog.find("b1").orElseThrow();
        JobRecord active = insert(catalog, "b2", DB);
        List<AdoptedJob> found = List.of(known(catalog, "b1"), known(catalog, "b2"), known(catalog, "b3"));
        assertThat(catalog.adopt(found)).containsExactly("b3");
        assertThat(catalog.adopt(found)).isEmpty();
        assertThat(catalog.find("b1")).contains(there);
        assertThat(catalog.find("b2")).contains(active);
        assertThat(catalog.needing(DB, "segments/own")).containsExactly("b1");
        assertThat(catalog.needing(DB, "segments/shared")).containsExactly("b3");
        assertThat(catalog.adopt(List.of())).isEmpty();
    }

    @Test
    @DisplayName("CAT-41 of processes that take up the same backups at the same time each is new to one")
    default void takesUpOnce() throws Exception {
        Catalog catalog = emptyCatalog();
        List<AdoptedJob> found =
                IntStream.range(0, 20).mapToObj(i -> known(catalog, "b" + i)).toList();
        List<Set<String>> taken = race(IntStream.range(0, 4)
                .<Callable<Set<String>>>mapToObj(i -> () -> catalog.adopt(found))
                .toList());
        assertThat(taken.stream().flatMap(Set::stream).toList()).hasSize(20).doesNotHaveDuplicates();
    }
}
