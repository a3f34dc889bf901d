package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
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
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What gauges show of jobs and schedules. A catalog's clock may run by itself, so durations are at least what passed. */
public interface GaugeContract extends CatalogFixture {
    private static GaugeReading gauges(Catalog catalog) {
        return catalog.gauges(Duration.ofDays(2));
    }

    private static void isAbout(Duration found, Duration expected) {
        assertThat(found).isBetween(expected, expected.plus(Duration.ofMinutes(30)));
    }

    private static ScheduleRecord schedule(Catalog catalog, ScheduleRecord next) {
        return ((ScheduleAnswer.Written) catalog.write(ScheduleWrite.of(next))).row();
    }

    private static ScheduleRecord due(ScheduleRecord row, @Nullable Instant at) {
        return new ScheduleRecord(row.database(), row.version(), at, "{}");
    }

    private static ScheduleRecord enable(Catalog catalog, DatabaseId database) {
        return schedule(catalog, new ScheduleRecord(database, 0, catalog.now().plus(Duration.ofDays(300)), "{}"));
    }

    @Test
    @DisplayName("CAT-74 an empty catalog has nothing, all of it zero, as of its own clock")
    default void countsNothing() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant before = catalog.now();
        GaugeReading none = gauges(catalog);
        assertThat(none.at()).isBetween(before, catalog.now());
        assertThat(none.backups()).isEqualTo(new Queue(0, 0, Duration.ZERO, Due.NOTHING));
        assertThat(none.restores()).isEqualTo(none.backups());
        assertThat(none.cleanUps()).isEqualTo(Due.NOTHING);
        assertThat(none.fleet()).isEqualTo(new Fleet(0, 0, 0, Duration.ofDays(2), Duration.ZERO, Duration.ZERO));
        assertThat(none.stored().bytes()).isZero();
    }

    @Test
    @DisplayName("CAT-74 queued and running jobs are counted by kind, ended ones and those of hosts are not")
    default void countsActiveJobs() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "b1", DB);
        elapse(catalog, Duration.ofHours(3));
        insert(catalog, "b2", OTHER);
        JobRecord third = insert(catalog, "b3", new DatabaseId("third"));
        catalog.write(JobWrite.of(running(catalog, claim(catalog, third))));
        end(catalog, insert(catalog, "b4", new DatabaseId("fourth")));
        created(catalog.insert(asked(row("r1", JobKind.RESTORE, new DatabaseId("fifth"), catalog.now()), null)));
        created(catalog.insert(cleanUp(catalog, "c1", DB, null)));
        catalog.acquire(new DatabaseId("sixth"), new Workflow(WorkflowKind.IMPORT, "b1"));

        Queue backups = gauges(again(catalog)).backups();
        assertThat(List.of(backups.queued(), backups.running())).containsExactly(2L, 1L);
        isAbout(backups.longestQueued(), Duration.ofHours(3));
        Queue restores = gauges(catalog).restores();
        assertThat(List.of(restores.queued(), restores.running())).containsExactly(1L, 0L);
        assertThat(restores.longestQueued()).isLessThan(Duration.ofHours(1));
    }

    @Test
    @DisplayName("CAT-75 what is due and under no live lease is counted by kind, leftovers of ended jobs among it")
    default void countsDueJobs() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "b1", DB);
        elapse(catalog, Duration.ofHours(3));
        JobRecord held = claim(catalog, insert(catalog, "b2", OTHER));
        JobRecord later = claim(catalog, insert(catalog, "b3", new DatabaseId("third")));
        Instant tomorrow = catalog.now().plus(Duration.ofDays(1));
        catalog.write(JobWrite.of(later.waiting(tomorrow, "a snapshot", 0)));
        created(catalog.insert(cleanUp(catalog, "c1", DB, null)));

        assertThat(held.claimed()).isPresent();
        assertThat(gauges(catalog).backups().due().jobs()).isEqualTo(1);
        isAbout(gauges(catalog).backups().due().longest(), Duration.ofHours(3));
        assertThat(gauges(catalog).cleanUps().jobs()).isEqualTo(1);
        assertThat(gauges(catalog).restores().due()).isEqualTo(Due.NOTHING);

        catalog.write(JobWrite.of(held.moved(JobStatus.FAILED, "failed", "{}", catalog.now())));
        assertThat(gauges(again(catalog)).backups().due().jobs()).isEqualTo(2);
        elapse(catalog, Duration.ofDays(1));
        assertThat(gauges(catalog).backups().due().jobs()).isEqualTo(3);
    }

    @Test
    @DisplayName("CAT-75 a job whose lease has lapsed is due")
    default void countsLapsedJobs() throws Exception {
        Catalog catalog = emptyCatalog();
        claim(catalog, insert(catalog, "b1", DB));
        assertThat(gauges(catalog).backups().due()).isEqualTo(Due.NOTHING);
        elapse(catalog, LEASE);
        assertThat(gauges(catalog).backups().due().jobs()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "CAT-76 enabled schedules are counted, paused and removed ones are not; a late run is told by how much")
    default void countsSchedules() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        schedule(catalog, new ScheduleRecord(DB, 0, now.plus(Duration.ofHours(1)), "{}"));
        schedule(catalog, new ScheduleRecord(OTHER, 0, now.plus(Duration.ofHours(2)), "{}"));
        schedule(catalog, new ScheduleRecord(new DatabaseId("paused"), 0, null, "{}"));
        assertThat(catalog.unschedule(enable(catalog, new DatabaseId("removed"))))
                .isTrue();
        assertThat(gauges(catalog).fleet().scheduled()).isEqualTo(2);
        assertThat(gauges(catalog).fleet().longestOverdueRun()).isZero();
        elapse(catalog, Duration.ofHours(5));
        isAbout(gauges(again(catalog)).fleet().longestOverdueRun(), Duration.ofHours(4));
    }

    @Test
    @DisplayName("CAT-76 a run that is looked at later, again and again, is late by when it was due")
    default void tellsOfPostponedRuns() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = schedule(catalog, new ScheduleRecord(DB, 0, catalog.now(), "{}"));
        for (int hour = 0; hour < 5; hour++) {
            row = schedule(catalog, row.postponed(catalog.now().plus(Duration.ofHours(1))));
            elapse(catalog, Duration.ofHours(1));
        }
        schedule(catalog, row.postponed(catalog.now().plus(Duration.ofHours(1))));
        isAbout(gauges(again(catalog)).fleet().longestOverdueRun(), Duration.ofHours(5));
    }

    @Test
    @DisplayName("CAT-77 a database is late when its newest completed backup was asked for longer ago than that")
    default void tellsLateDatabases() throws Exception {
        Catalog catalog = emptyCatalog();
        enable(catalog, DB);
        enable(catalog, OTHER);
        elapse(catalog, Duration.ofHours(40));
        end(catalog, insert(catalog, "b1", DB));
        end(catalog, insert(catalog, "b2", OTHER));
        end(catalog, insert(catalog, "unscheduled", new DatabaseId("third")));
        elapse(catalog, Duration.ofHours(40));
        end(catalog, insert(catalog, "b3", OTHER));
        JobRecord failing = claim(catalog, insert(catalog, "b4", DB));
        assertThat(gauges(catalog).fleet().late()).isZero();
        catalog.write(JobWrite.of(ended(failing, JobStatus.FAILED)));
        created(catalog.insert(asked(row("b5", JobKind.BACKUP, DB, catalog.now()), null)));
        elapse(catalog, Duration.ofHours(10));

        Fleet fleet = gauges(again(catalog)).fleet();
        assertThat(List.of(fleet.scheduled(), fleet.never(), fleet.late())).containsExactly(2L, 0L, 1L);
        assertThat(fleet.lateAfter()).isEqualTo(Duration.ofDays(2));
        isAbout(fleet.longestWithoutBackup(), Duration.ofHours(50));
        assertThat(catalog.gauges(Duration.ofHours(55)).fleet().late()).isZero();
        assertThat(catalog.gauges(Duration.ofHours(9)).fleet().late()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "CAT-77 a backup that was asked for in the future, by a clock that was ahead, keeps no database from being late")
    default void knowsNoFuture() throws Exception {
        Catalog catalog = emptyCatalog();
        enable(catalog, DB);
        Instant future = catalog.now().plus(Duration.ofDays(365));
        JobRecord ahead = ended(row("b1", JobKind.BACKUP, DB, future), JobStatus.COMPLETED);
        assertThat(catalog.adopt(List.of(new AdoptedJob(ahead, Map.of())))).containsExactly("b1");
        elapse(catalog, Duration.ofHours(50));
        Fleet without = gauges(catalog).fleet();
        assertThat(List.of(without.scheduled(), without.never(), without.late()))
                .containsExactly(1L, 1L, 1L);
        isAbout(without.longestWithoutBackup(), Duration.ofHours(50));

        end(catalog, insert(catalog, "b2", DB));
        Fleet fleet = gauges(again(catalog)).fleet();
        assertThat(List.of(fleet.scheduled(), fleet.never(), fleet.late())).containsExactly(1L, 0L, 0L);
    }

    @Test
    @DisplayName("CAT-77 a database that never had a backup is late from when its schedule was last enabled")
    default void tellsDatabasesWithoutBackup() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = enable(catalog, DB);
        elapse(catalog, Duration.ofHours(40));
        row = schedule(catalog, due(row, catalog.now().plus(Duration.ofDays(300))));
        elapse(catalog, Duration.ofHours(10));
        assertThat(gauges(catalog).fleet().never()).isEqualTo(1);
        assertThat(gauges(catalog).fleet().late()).isEqualTo(1);
        isAbout(gauges(catalog).fleet().longestWithoutBackup(), Duration.ofHours(50));

        row = schedule(catalog, due(row, null));
        assertThat(gauges(catalog).fleet().never()).isZero();
        elapse(catalog, Duration.ofHours(100));
        schedule(catalog, due(row, catalog.now().plus(Duration.ofDays(300))));
        assertThat(gauges(catalog).fleet().never()).isEqualTo(1);
        assertThat(gauges(again(catalog)).fleet().late()).isZero();
        elapse(catalog, Duration.ofHours(50));
        assertThat(gauges(catalog).fleet().late()).isEqualTo(1);
    }

    @Test
    @DisplayName("CAT-77 a schedule that is made anew after an old backup gives its database time for the next one")
    default void countsFromTheNewSchedule() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord old = ended(row("b1", JobKind.BACKUP, DB, catalog.now()), JobStatus.COMPLETED);
        assertThat(catalog.adopt(List.of(new AdoptedJob(old, Map.of())))).containsExactly("b1");
        assertThat(catalog.unschedule(enable(catalog, DB))).isTrue();
        elapse(catalog, Duration.ofHours(100));
        enable(catalog, DB);
        Fleet fleet = gauges(catalog).fleet();
        assertThat(List.of(fleet.scheduled(), fleet.never(), fleet.late())).containsExactly(1L, 0L, 0L);
        assertThat(fleet.longestWithoutBackup()).isLessThan(Duration.ofHours(1));
    }
}
