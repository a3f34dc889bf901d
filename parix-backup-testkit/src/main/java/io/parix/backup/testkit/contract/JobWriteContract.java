package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.backup;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.event;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a write does, and what goes with it. */
public interface JobWriteContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-16 a write of a version that has passed changes nothing, and its conflict carries what is there")
    default void comparesVersions() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        JobRecord on = catalog.write(JobWrite.of(running(catalog, held)));
        JobWrite stale = new JobWrite(
                ended(held, JobStatus.FAILED), List.of(event(held, "stale")), Map.of("segments/stale", 7L));
        assertThat(conflict(() -> catalog.write(stale)).actual()).contains(on);
        assertThat(catalog.find("b1")).contains(on);
        assertThat(catalog.undelivered(10)).hasSize(1);
        assertThat(catalog.needing(DB, "segments/stale")).isEmpty();
        assertThat(catalog.occupant(DB)).isPresent();
    }

    @Test
    @DisplayName("CAT-16 of eight writes that race one is done, and only its event is there")
    default void writesForOne() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        List<Boolean> done = race(IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> {
                    JobWrite write = JobWrite.of(running(catalog, held), event(held, "write-" + i));
                    return () -> {
                        try {
                            (i % 2 == 0 ? catalog : other).write(write);
                            return true;
                        } catch (CatalogConflictException e) {
                            return false;
                        }
                    };
                })
                .toList());
        assertThat(done).containsOnlyOnce(true);
        assertThat(catalog.find("b1").orElseThrow().version()).isEqualTo(held.version() + 1);
        assertThat(catalog.undelivered(10))
                .extracting(BackupEvent::id)
                .containsExactly("b1-requested", "b1-write-" + done.indexOf(true));
    }

    @Test
    @DisplayName("CAT-17 a write moves status, step, attempt, wait, strikes, progress and payload; all else stays")
    default void writesEveryField() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        String payload = "{\"text\":\"Zürich, 東京, 🐯, \\u0000\",\"rest\":\"" + "x".repeat((2 << 20) - 100) + "\"}";
        JobRecord next = held.moved(JobStatus.RUNNING, "exporting", payload, null)
                .inAttempt(3)
                .waiting(catalog.now().plus(Duration.ofDays(400)), "quota: 5 of 5 snapshots are pending – wait", 7);
        JobRecord written = catalog.write(JobWrite.of(next));
        assertThat(again(catalog).find("b1")).contains(written);
        assertThat(written)
                .isEqualTo(new JobRecord(
                        "b1",
                        held.version() + 1,
                        held.kind(),
                        held.database(),
                        held.region(),
                        JobStatus.RUNNING,
                        "exporting",
                        3,
                        held.requestedAt(),
                        next.lookAgainAt(),
                        null,
                        7,
                        StepProgress.waiting("quota: 5 of 5 snapshots are pending – wait"),
                        payload));
    }

    @Test
    @DisplayName("CAT-30 events leave in the order of their writes, and stay until they are taken off")
    default void keepsEvents() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        BackupEvent failed = new BackupEvent(
                "b1-failed", BackupEvent.Kind.BACKUP_FAILED, DB, "b1", catalog.now(), ErrorCode.REPLICA_SET_REFUSED);
        catalog.write(new JobWrite(
                ended(held, JobStatus.FAILED), List.of(event(held, "z"), event(held, "a"), failed), Map.of()));
        assertThat(catalog.undelivered(10))
                .extracting(BackupEvent::id)
                .containsExactly("b1-requested", "b1-z", "b1-a", "b1-failed");
        assertThat(catalog.undelivered(10)).contains(failed);
        assertThat(catalog.undelivered(1)).extracting(BackupEvent::id).containsExactly("b1-requested");
        catalog.delivered("b1-z");
        again(catalog).delivered("b1-z");
        catalog.delivered("unheard of");
        assertThat(catalog.undelivered(10))
                .extracting(BackupEvent::id)
                .containsExactly("b1-requested", "b1-a", "b1-failed");
    }

    @Test
    @DisplayName(
            "CAT-31 the backups that need a segment are known from the write that names it, by database and whole name")
    default void knowsWhoNeedsASegment() throws Exception {
        Catalog catalog = emptyCatalog();
        Map<String, Long> many =
                IntStream.range(0, 1_200).boxed().collect(Collectors.toMap(i -> "segments/b2/" + i + ".seg", i -> 1L));
        backup(catalog, "b2", DB, many);
        backup(catalog, "b1", DB, Map.of("segments/b2/7.seg", 7L, "segments/b1/1.seg", 1L));
        backup(catalog, "o1", OTHER, Map.of("segments/b2/7.seg", 7L));
        assertThat(catalog.needing(DB, "segments/b2/7.seg")).containsExactly("b1", "b2");
        assertThat(catalog.needing(DB, "segments/b2/1199.seg")).containsExactly("b2");
        assertThat(again(catalog).needing(DB, "segments/b1/1.seg")).containsExactly("b1");
        assertThat(catalog.needing(DB, "segments/b2/7.se")).isEmpty();
        assertThat(catalog.needing(DB, "SEGMENTS/b2/7.seg")).isEmpty();
        assertThat(catalog.needing(OTHER, "segments/b2/7.seg")).containsExactly("o1");
    }
}
