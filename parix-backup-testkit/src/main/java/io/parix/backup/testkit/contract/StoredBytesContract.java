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

import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What gauges show of storage. */
public interface StoredBytesContract extends CatalogFixture {
    private static long stored(Catalog catalog) {
        return catalog.gauges(Duration.ofDays(1)).stored().bytes();
    }

    private static void remove(Catalog catalog, String id) {
        catalog.remove(catalog.find(id).orElseThrow(), List.of());
    }

    @Test
    @DisplayName("CAT-78 a segment counts once in each database, until the last backup that needs it is removed")
    default void countsStoredBytes() throws Exception {
        Catalog catalog = emptyCatalog();
        long large = 1L << 40;
        backup(catalog, "b1", DB, Map.of("s/1", 1L, "s/2", 20L));
        backup(catalog, "b2", DB, Map.of("s/2", 20L, "s/3", 300L));
        backup(catalog, "o1", OTHER, Map.of("s/1", large));
        assertThat(stored(again(catalog))).isEqualTo(large + 321);
        remove(catalog, "b1");
        assertThat(stored(catalog)).isEqualTo(large + 320);
        remove(catalog, "o1");
        assertThat(stored(catalog)).isEqualTo(320);
        remove(catalog, "b2");
        assertThat(stored(again(catalog))).isZero();
    }

    @Test
    @DisplayName("CAT-78 segments count from the write that names them on, the last one only, and with adoption")
    default void countsWhatIsNamedLast() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        assertThat(stored(catalog)).isZero();
        held = catalog.write(new JobWrite(running(catalog, held), List.of(), Map.of("s/1", 5L, "s/2", 7L)));
        assertThat(stored(catalog)).isEqualTo(12);
        held = catalog.write(new JobWrite(running(catalog, held), List.of(), Map.of("s/2", 7L, "s/3", 11L)));
        assertThat(stored(catalog)).isEqualTo(18);
        catalog.write(JobWrite.of(ended(held, JobStatus.COMPLETED)));
        JobRecord known = ended(row("b2", JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
        List<AdoptedJob> found = List.of(new AdoptedJob(known, Map.of("s/3", 11L, "s/4", 100L)));
        catalog.adopt(found);
        catalog.adopt(found);
        assertThat(stored(catalog)).isEqualTo(118);
        JobRecord unsized = ended(row("b3", JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
        catalog.adopt(List.of(new AdoptedJob(unsized, Map.of("s/4", 0L))));
        remove(catalog, "b2");
        assertThat(stored(catalog)).isEqualTo(18);
    }

    @Test
    @DisplayName("CAT-78 the sum stays that of the segments through any order of commits and removals")
    default void staysTrue() throws Exception {
        Catalog catalog = emptyCatalog();
        Random random = new Random(74);
        Map<String, Map<String, Long>> kept = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(3) > 0 || kept.isEmpty()) {
                Map<String, Long> needs = new HashMap<>();
                random.ints(random.nextInt(6), 0, 12).forEach(n -> needs.put("s/" + n, 1L << n));
                backup(catalog, "b" + i, DB, needs);
                kept.put("b" + i, needs);
            } else {
                String gone = List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
                remove(catalog, gone);
                kept.remove(gone);
            }
            Map<String, Long> each = new HashMap<>();
            kept.values().forEach(each::putAll);
            assertThat(stored(catalog))
                    .isEqualTo(each.values().stream().mapToLong(bytes -> bytes).sum());
        }
    }

    @Test
    @DisplayName("CAT-78 commits and removals of one database at the same time are all counted")
    default void countsThoseThatRace() throws Exception {
        Catalog catalog = emptyCatalog();
        for (int round = 0; round < 5; round++) {
            String from = "r" + round + "-";
            if (round > 0) {
                backup(catalog, from + "gone", DB, Map.of("s/0", 1L, from + "gone", 1_000L));
            }
            List<Callable<Boolean>> calls = new ArrayList<>(IntStream.range(0, 4)
                    .mapToObj(i -> adopting(catalog, from + i))
                    .toList());
            if (round > 0) {
                calls.add(() -> {
                    remove(catalog, from + "gone");
                    return true;
                });
            }
            Samples.race(calls);
            assertThat(stored(catalog)).isEqualTo(1 + 40L * (round + 1));
        }
    }

    private static Callable<Boolean> adopting(Catalog catalog, String id) {
        JobRecord row = ended(row(id, JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
        List<AdoptedJob> jobs = List.of(new AdoptedJob(row, Map.of("s/0", 1L, "s/" + id, 10L)));
        return () -> {
            assertThat(catalog.adopt(jobs)).containsExactly(id);
            return true;
        };
    }
}
