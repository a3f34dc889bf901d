package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.backup;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What backups take in storage, alone and together. */
public interface SegmentBytesContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-66 unshared are the segments that no other job of the database needs, in order of their names")
    default void listsUnshared() throws Exception {
        Catalog catalog = emptyCatalog();
        Map<String, Long> segments = Map.of("s/b", 1L, "s/B", 1L, "s/_", 1L, "s/10", 1L, "s/9", 1L, "s/shared", 1L);
        backup(catalog, "b1", DB, segments);
        backup(catalog, "b2", DB, Map.of("s/shared", 1L, "s/own", 1L));
        backup(catalog, "none", DB, Map.of());
        backup(catalog, "o1", OTHER, Map.of("s/b", 1L, "s/own", 1L));
        assertThat(catalog.unshared("b1")).containsExactly("s/10", "s/9", "s/B", "s/_", "s/b");
        assertThat(again(catalog).unshared("b2")).containsExactly("s/own");
        assertThat(catalog.unshared("o1")).containsExactly("s/b", "s/own");
        assertThat(catalog.unshared("none")).isEmpty();
        assertThat(catalog.unshared("unknown")).isEmpty();
    }

    @Test
    @DisplayName("CAT-66 a backup whose commit is decided shares from then on, and one that is removed no longer")
    default void followsWhatIsNeeded() throws Exception {
        Catalog catalog = emptyCatalog();
        backup(catalog, "b1", DB, Map.of("s/1", 1L, "s/2", 1L));
        JobRecord held = claim(catalog, insert(catalog, "b2", DB));
        assertThat(catalog.unshared("b1")).containsExactly("s/1", "s/2");
        JobRecord decided =
                catalog.write(new JobWrite(running(catalog, held), List.of(), Map.of("s/2", 1L, "s/3", 1L)));
        assertThat(catalog.unshared("b1")).containsExactly("s/1");
        assertThat(catalog.unshared("b2")).containsExactly("s/3");
        JobRecord over = catalog.write(JobWrite.of(ended(decided, JobStatus.COMPLETED)));
        assertThat(catalog.unshared("b1")).containsExactly("s/1");
        catalog.remove(over, List.of());
        assertThat(catalog.unshared("b1")).containsExactly("s/1", "s/2");
    }

    @Test
    @DisplayName("CAT-66 a backup that was taken up shares its segments as one that was made here does")
    default void sharesWhatWasTakenUp() throws Exception {
        Catalog catalog = emptyCatalog();
        backup(catalog, "b1", DB, Map.of("s/1", 1L, "s/2", 1L));
        JobRecord found = ended(row("a1", JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
        assertThat(catalog.adopt(List.of(new AdoptedJob(found, Map.of("s/2", 1L, "s/3", 1L)))))
                .containsExactly("a1");
        assertThat(catalog.unshared("b1")).containsExactly("s/1");
        assertThat(again(catalog).unshared("a1")).containsExactly("s/3");
        catalog.remove(catalog.find("a1").orElseThrow(), List.of());
        assertThat(catalog.unshared("b1")).containsExactly("s/1", "s/2");
    }

    @Test
    @DisplayName("CAT-67 a segment counts once, is freed when nobody outside needs it, and only in its own database")
    default void addsUp() throws Exception {
        Catalog catalog = emptyCatalog();
        long large = 1L << 40;
        backup(catalog, "b1", DB, Map.of("s/1", 1L, "s/2", 20L));
        backup(catalog, "b2", DB, Map.of("s/2", 20L, "s/3", 300L));
        backup(catalog, "b3", DB, Map.of("s/3", 300L, "s/4", large));
        backup(catalog, "o1", OTHER, Map.of("s/1", 50_000L));
        assertThat(catalog.segmentBytes(DB, Set.of("b1"))).isEqualTo(new SegmentBytes(21, 1));
        assertThat(catalog.segmentBytes(DB, Set.of("b2"))).isEqualTo(new SegmentBytes(320, 0));
        assertThat(again(catalog).segmentBytes(DB, Set.of("b1", "b2"))).isEqualTo(new SegmentBytes(321, 21));
        assertThat(catalog.segmentBytes(DB, Set.of("b1", "b3"))).isEqualTo(new SegmentBytes(large + 321, large + 1));
        assertThat(catalog.segmentBytes(DB, Set.of("b1", "b2", "b3")))
                .isEqualTo(new SegmentBytes(large + 321, large + 321));
        assertThat(catalog.segmentBytes(DB, Set.of("b1", "o1", "unknown"))).isEqualTo(new SegmentBytes(21, 1));
        assertThat(catalog.segmentBytes(OTHER, Set.of("b1", "o1"))).isEqualTo(new SegmentBytes(50_000, 50_000));
        SegmentBytes none = new SegmentBytes(0, 0);
        assertThat(catalog.segmentBytes(OTHER, Set.of("b1"))).isEqualTo(none);
        assertThat(catalog.segmentBytes(DB, Set.of("unknown"))).isEqualTo(none);
        assertThat(catalog.segmentBytes(DB, Set.of())).isEqualTo(none);
    }

    @Test
    @DisplayName("CAT-67 a segment of which one backup has no size on record has that of the other one")
    default void takesTheKnownSize() throws Exception {
        Catalog catalog = emptyCatalog();
        for (String id : List.of("a", "c")) {
            JobRecord row = ended(row(id, JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
            assertThat(catalog.adopt(List.of(new AdoptedJob(row, Map.of("s/1", 0L)))))
                    .containsExactly(id);
        }
        backup(catalog, "b", DB, Map.of("s/1", 7L));
        assertThat(catalog.segmentBytes(DB, Set.of("a", "b", "c"))).isEqualTo(new SegmentBytes(7, 7));
        assertThat(catalog.segmentBytes(DB, Set.of("b", "c"))).isEqualTo(new SegmentBytes(7, 0));
    }

    @Test
    @DisplayName("CAT-67 ten thousand backups are added up at once, and one more is refused")
    default void addsUpTenThousand() throws Exception {
        Catalog catalog = emptyCatalog();
        Set<String> ids =
                IntStream.rangeClosed(0, 10_000).mapToObj(i -> "b" + i).collect(Collectors.toSet());
        backup(catalog, "b7", DB, Map.of("s/1", 1L));
        assertThatThrownBy(() -> catalog.segmentBytes(DB, ids)).isInstanceOf(InvalidRequestException.class);
        Set<String> most = new HashSet<>(ids);
        most.remove("b10000");
        assertThat(catalog.segmentBytes(DB, most)).isEqualTo(new SegmentBytes(1, 1));
    }
}
