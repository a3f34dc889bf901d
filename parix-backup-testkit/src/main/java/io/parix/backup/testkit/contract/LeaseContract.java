package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.claimedAs;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.event;
import static io.parix.backup.testkit.contract.CatalogSamples.fence;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may work on a job. */
public interface LeaseContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-10 a claim is in the row, one version on, and lapses a lease after it was made")
    default void claims() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord row = insert(catalog, "b1", DB);
        Instant before = catalog.now();
        JobRecord held = catalog.claim(row, "w7", LEASE);
        assertThat(held.version()).isEqualTo(2);
        assertThat(held.claimed()).hasValueSatisfying(claim -> {
            assertThat(claim.worker()).isEqualTo("w7");
            assertThat(claim.until())
                    .isBetween(before.plus(LEASE), catalog.now().plus(LEASE));
        });
        assertThat(claimedAs(held, null)).isEqualTo(atVersion(row, held.version()));
        assertThat(catalog.find("b1")).contains(held);
    }

    private static JobRecord atVersion(JobRecord row, long version) {
        return new JobRecord(
                row.id(),
                version,
                row.kind(),
                row.database(),
                row.region(),
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                row.claim(),
                row.strikes(),
                row.progress(),
                row.payload());
    }

    @Test
    @DisplayName("CAT-10 a live lease is not taken, a lapsed one is: by the catalog's clock")
    default void judgesLeases() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        elapse(catalog, LEASE.dividedBy(2));
        assertThat(conflict(() -> catalog.claim(held, "w2", LEASE)).actual()).contains(held);
        elapse(catalog, LEASE.dividedBy(2));
        JobRecord taken = again(catalog).claim(held, "w2", LEASE);
        assertThat(taken.version()).isEqualTo(held.version() + 1);
        assertThat(conflict(() -> catalog.claim(claimedAs(taken, null), "w3", LEASE))
                        .actual())
                .contains(taken);
    }

    @Test
    @DisplayName("CAT-10 what was read before the last claim is not claimed, though its lease has lapsed")
    default void claimsWhatWasRead() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord row = insert(catalog, "b1", DB);
        JobRecord held = claim(catalog, row);
        elapse(catalog, LEASE);
        assertThat(conflict(() -> claim(catalog, row)).actual()).contains(held);
        assertThat(catalog.find("b1")).contains(held);
    }

    @Test
    @DisplayName("CAT-11 of eight workers that race for a job one claims it, and the others learn what is there")
    default void claimsForOne() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        JobRecord row = insert(catalog, "b1", DB);
        List<Optional<JobRecord>> claims = race(IntStream.range(0, 8)
                .<Callable<Optional<JobRecord>>>mapToObj(i -> () -> {
                    try {
                        return Optional.of((i % 2 == 0 ? catalog : other).claim(row, "w" + i, LEASE));
                    } catch (CatalogConflictException e) {
                        assertThat(e.actual()).isPresent();
                        return Optional.empty();
                    }
                })
                .toList());
        List<JobRecord> won = claims.stream().flatMap(Optional::stream).toList();
        assertThat(won).hasSize(1);
        assertThat(catalog.find("b1")).contains(won.get(0));
    }

    @Test
    @DisplayName("CAT-12 tokens rise with every claim of a database, across its jobs, and never lag behind the clock")
    default void raisesFences() throws Exception {
        Catalog catalog = emptyCatalog();
        long last = ChronoUnit.MICROS.between(Instant.EPOCH, catalog.now()) - 1;
        for (int i = 0; i < 5; i++) {
            JobRecord held = claim(catalog, insert(catalog, "b" + i, DB));
            assertThat(fence(held)).isGreaterThan(last);
            last = fence(held);
            catalog.write(JobWrite.of(ended(held, JobStatus.FAILED)));
        }
        elapse(catalog, Duration.ofDays(1));
        long clocked = ChronoUnit.MICROS.between(Instant.EPOCH, catalog.now());
        assertThat(fence(claim(catalog, insert(catalog, "late", DB)))).isGreaterThanOrEqualTo(clocked);
        assertThat(fence(claim(catalog, insert(catalog, "o1", OTHER)))).isGreaterThanOrEqualTo(clocked);
    }

    @Test
    @DisplayName("CAT-12 claims of one database that race get tokens of their own")
    default void fencesDiffer() throws Exception {
        Catalog catalog = emptyCatalog();
        List<JobRecord> over = IntStream.range(0, 6)
                .mapToObj(i -> end(catalog, insert(catalog, "b" + i, DB)))
                .toList();
        List<Long> fences = race(over.stream()
                .<Callable<Long>>map(row -> () -> fence(claim(catalog, row)))
                .toList());
        assertThat(fences).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("CAT-13 a heartbeat renews the lease from now and shows progress, and keeps the version")
    default void renews() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        elapse(catalog, LEASE.dividedBy(2));
        catalog.heartbeat(held, LEASE, new StepProgress(5, 9, "snapshot of replica 2 is pending, 43 %"));
        elapse(catalog, LEASE.dividedBy(2));
        JobRecord renewed = catalog.find("b1").orElseThrow();
        assertThat(renewed.version()).isEqualTo(held.version());
        assertThat(renewed.progress()).isEqualTo(new StepProgress(5, 9, "snapshot of replica 2 is pending, 43 %"));
        conflict(() -> catalog.claim(renewed, "w2", LEASE));
        catalog.write(JobWrite.of(CatalogSamples.running(catalog, held)));
    }

    @Test
    @DisplayName("CAT-13 the heartbeat of a worker that was overtaken is refused and changes nothing")
    default void refusesLateHeartbeats() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        elapse(catalog, LEASE);
        JobRecord taken = claim(catalog, held);
        assertThat(conflict(() -> catalog.heartbeat(held, LEASE.multipliedBy(9), new StepProgress(1, 2, null)))
                        .actual())
                .contains(taken);
        assertThat(catalog.find("b1")).contains(taken);
        JobRecord freed = catalog.write(JobWrite.of(ended(taken, JobStatus.FAILED)));
        conflict(() -> catalog.heartbeat(taken, LEASE, StepProgress.NONE));
        conflict(() -> catalog.heartbeat(freed, LEASE, StepProgress.NONE));
        assertThat(catalog.find("b1")).contains(freed);
    }

    @Test
    @DisplayName("CAT-14 a write with an older token, or with none, changes nothing, though its version is right")
    default void refusesLateWrites() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        elapse(catalog, LEASE);
        JobRecord taken = claim(catalog, held);
        for (JobRecord late : List.of(claimedAs(taken, held.claim()), claimedAs(taken, null))) {
            JobWrite write = new JobWrite(
                    ended(late, JobStatus.COMPLETED), List.of(event(late, "late")), Map.of("segments/late", 1L));
            assertThat(conflict(() -> catalog.write(write)).actual()).contains(taken);
        }
        assertThat(catalog.find("b1")).contains(taken);
        assertThat(catalog.needing(DB, "segments/late")).isEmpty();
        assertThat(catalog.undelivered(10)).hasSize(1);
        assertThat(catalog.occupant(DB)).isPresent();
    }

    @Test
    @DisplayName("CAT-15 a row that goes on at once is kept, one that waits or has ended is let go of")
    default void letsGo() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = claim(catalog, insert(catalog, "b1", DB));
        JobRecord on = catalog.write(JobWrite.of(CatalogSamples.running(catalog, held)));
        assertThat(on.claimed()).isEqualTo(held.claimed());
        Instant later = catalog.now().plus(Duration.ofMinutes(1));
        JobRecord waits = catalog.write(JobWrite.of(on.waiting(later, "snapshot of replica 2 is pending", 2)));
        assertThat(waits.claimed()).isEmpty();
        assertThat(catalog.find("b1")).contains(waits);
        assertThat(catalog.due(DueQuery.everywhere(10))).isEmpty();
        elapse(catalog, Duration.ofMinutes(1));
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(waits);
        JobRecord over = catalog.write(JobWrite.of(ended(claim(catalog, waits), JobStatus.FAILED)));
        assertThat(over.claimed()).isEmpty();
        assertThat(catalog.find("b1")).contains(over);
    }
}
