package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.Cadence;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Protection;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How protected a database is, from its first backup to the last one. */
class ProtectionTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> failures() {
        return codes(fixture.protection().report().failures());
    }

    private List<String> warnings() {
        return codes(fixture.protection().report().warnings());
    }

    @Test
    @DisplayName("J2 without a backup nothing is protected; with one there is its age, level and what it covers")
    void newest() {
        assertThat(fixture.protection().isProtected()).isFalse();
        assertThat(failures()).containsExactly("no-backup");
        assertThat(fixture.protection().newestRestorable()).isEmpty();

        Backup backup = engine.backup();
        engine.clock.advance(Duration.ofHours(5));

        Protection protection = fixture.protection();
        assertThat(protection.isProtected()).isTrue();
        Protection.Newest newest = protection.newestRestorable().orElseThrow();
        Instant covered = backup.completed().orElseThrow().coveredUntil();
        assertThat(newest.backup()).isEqualTo(backup);
        assertThat(newest.level()).isEqualTo(VerificationLevel.WRITTEN);
        assertThat(newest.coveredUntil()).isEqualTo(covered);
        assertThat(newest.age()).isEqualTo(Duration.between(covered, engine.clock.instant()));
        assertThat(protection.nextRun()).isEmpty();
        assertThat(warnings()).containsExactly("only-one-restorable", "no-schedule");

        engine.backup();
        assertThat(warnings()).containsExactly("no-schedule");
    }

    @Test
    @DisplayName("J2 the newest backup may be 48 hours old, and no microsecond older")
    void tooOld() {
        Backup backup = engine.backup();
        Instant limit = backup.completed().orElseThrow().coveredUntil().plus(Duration.ofDays(2));
        engine.clock.advanceTo(limit);
        assertThat(failures()).isEmpty();

        engine.clock.advance(Duration.ofNanos(1_000));
        assertThat(failures()).containsExactly("newest-older-than");
    }

    @Test
    @DisplayName(
            "J2 a newest backup that was found damaged breaks the promise, and the one before it is the newest restorable")
    void damaged() {
        Backup first = engine.backup();
        Backup second = engine.backup();
        engine.store().lose(new ObjectKey("parix/db-1/backups/" + second.id() + "/manifest.json"));
        assertThat(failures()).isEmpty();

        var unused = engine.parix.backups().verify(second.id(), VerificationLevel.WRITTEN, ACTOR);

        assertThat(failures()).containsExactly("newest-damaged");
        assertThat(fixture.protection().newestRestorable().orElseThrow().backup())
                .isEqualTo(first);
        assertThat(warnings()).contains("only-one-restorable");
    }

    @Test
    @DisplayName("J2 E6 a backup that does not fit the database any more is no protection, whatever is at work on it")
    void otherShape() {
        engine.backup();
        engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.PROVISIONING, "resize-7"));
        assertThat(failures()).isEmpty();

        engine.host.change(DATABASE, profile -> Profiles.inVersion(profile, "0.17.9"));
        assertThat(failures()).containsExactly("newest-not-eligible");
    }

    @Test
    @DisplayName("J2 G1 the next run is told; no schedule and a paused one warn")
    void schedule() {
        engine.backup();
        assertThat(warnings()).contains("no-schedule");

        var set = engine.parix.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
        assertThat(fixture.protection().nextRun()).isPresent().isEqualTo(set.nextRun());
        assertThat(warnings()).doesNotContain("no-schedule", "schedule-paused");
        assertThat(fixture.protection().report().checks())
                .filteredOn(check -> check.code().equals("scheduled"))
                .extracting(Check::sentence)
                .containsExactly("A next run is planned.");

        var unused = engine.parix.schedules().pause(DATABASE, ACTOR);
        assertThat(fixture.protection().nextRun()).isEmpty();
        assertThat(warnings()).contains("schedule-paused");
        assertThat(fixture.protection().isProtected()).isTrue();
    }

    @Test
    @DisplayName(
            "J2 G4 G5 a last run that was skipped, was missed or failed warns, and the next one that succeeds ends it")
    void lastRun() {
        engine.backup();
        engine.parix.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-7");
        engine.parix.occupy(DATABASE, resize);
        at("2026-11-23T10:00:00Z");
        assertThat(warnings()).contains("last-run-skipped");
        engine.parix.vacate(DATABASE, resize);

        engine.faults.add(fail("putIfAbsent").with(refused(ErrorKind.DENIED, "No writing.")));
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.2)));
        at("2026-11-24T10:00:00Z");
        assertThat(warnings()).contains("last-run-failed").doesNotContain("last-run-skipped");
        engine.faults.clear();

        at("2026-11-25T20:00:00Z");
        assertThat(warnings()).contains("runs-missed").doesNotContain("last-run-failed");

        at("2026-11-26T10:00:00Z");
        assertThat(warnings()).isEmpty();
        assertThat(failures()).isEmpty();
    }

    private void at(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    @Test
    @DisplayName("J2 H5 H11 a clean-up that has stopped warns until it goes on")
    void cleanUpStopped() {
        engine.backup();
        engine.clock.advance(Duration.ofDays(6));
        engine.backup();
        engine.faults.add(fail("ObjectStore.list").with(refused(ErrorKind.DENIED, "No listing.")));
        fixture.elapse(Duration.ofDays(1));
        assertThat(warnings()).contains("clean-up-stopped");
        assertThat(failures()).isEmpty();

        engine.faults.clear();
        fixture.elapse(Duration.ofHours(6));
        assertThat(warnings()).doesNotContain("clean-up-stopped");
    }

    @Test
    @DisplayName("J2 H2 of a deleted or unknown database the backups are told, and nothing is promised")
    void deletedAndUnknown() {
        Backup backup = engine.backup();
        engine.parix.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("no answer"));
        assertThat(failures()).containsExactly("database-unknown");
        assertThat(fixture.protection().nextRun()).isPresent();

        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        assertThat(failures()).containsExactly("database-deleted");
        assertThat(warnings()).doesNotContain("no-schedule");
        assertThat(fixture.protection().nextRun()).isEmpty();
        assertThat(fixture.protection().newestRestorable().orElseThrow().backup())
                .isEqualTo(backup);

        engine.clock.advance(Duration.ofDays(8));
        assertThat(fixture.protection().newestRestorable())
                .as("it is due, for the floor ends with the database")
                .isEmpty();
        assertThat(codes(engine.parix
                        .backupsPage()
                        .protection(new DatabaseId("nobody"))
                        .report()
                        .failures()))
                .containsExactly("database-unknown", "no-backup");
    }
}
