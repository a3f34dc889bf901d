package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.OrganizationId;
import io.parix.backup.Restore;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.catalog.JobKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host sets of clean-up, and what stands beside it: other databases, and restores. */
class CleanUpLimitsTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MICRO = Duration.ofNanos(1_000);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final DatabaseId OTHER = new DatabaseId("db-2");
    private static final RetentionLimits LIMITS =
            new RetentionLimits(Duration.ofHours(6), Duration.ofMinutes(10), HOUR, Floor.OFF, HOUR);

    private final EngineFixture engine =
            new EngineFixture(EngineSettings.builder().retention(LIMITS));

    @AfterEach
    void close() {
        engine.close();
    }

    private void lookAt(Instant instant) {
        engine.clock.advanceTo(instant);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private List<BackupId> kept(DatabaseId database) {
        return engine.parix.backups().history(database, 100).stream()
                .map(Backup::id)
                .toList();
    }

    private Backup backupOf(DatabaseId database) {
        BackupAnswer answer = engine.parix.backups().request(BackupRequest.of(database, ACTOR));
        engine.dispatcher.runUntilQuiet();
        BackupId asked = ((BackupAnswer.Accepted) answer).backup().id();
        return engine.parix.backups().find(asked).orElseThrow();
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }

    @Test
    @DisplayName(
            "H7 where the host has switched the floor off the last backup of a database goes at its age, and not before")
    void withoutAFloor() {
        Backup last = engine.backup();

        lookAt(ended(last).plus(WEEK).minus(MICRO));
        assertThat(kept(DATABASE)).containsExactly(last.id());

        lookAt(ended(last).plus(WEEK));
        assertThat(kept(DATABASE)).isEmpty();
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("H9 a shorter period waits for the undo window that is configured, and not longer")
    void ownUndoWindow() {
        Backup backup = engine.backup();
        engine.clock.advance(Duration.ofDays(2));
        Instant asked = engine.clock.instant();

        var unused = engine.parix.retention().change(OrganizationId.EVERYBODY, RetentionPeriod.days(1), ACTOR);

        lookAt(asked.plus(HOUR).minus(MICRO));
        assertThat(kept(DATABASE)).containsExactly(backup.id());
        lookAt(asked.plus(HOUR));
        assertThat(kept(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName(
            "H10 what is locked and does not say until when counts as locked: it stays, in sight, and is asked for again")
    void lockedForAnUnknownTime() {
        Backup old = engine.backup();
        engine.faults.add(strike("ObjectStore.delete")
                .with(keep(refused(ErrorKind.LOCKED, "Locked.")))
                .ending(".seg"));

        lookAt(ended(old).plus(WEEK));

        assertThat(kept(DATABASE)).containsExactly(old.id());
        CleanUpRow.State state = CleanUpRow.read(
                engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
        assertThat(state.reason()).isEmpty();
        assertThat(state.blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.code()).isEqualTo("locked-until");
            assertThat(blocked.lockEnds()).isEmpty();
        });
        engine.faults.clear();
        lookAt(ended(old).plus(WEEK).plus(LIMITS.cleanUpEvery()));
        assertThat(kept(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("H5 a place that fails for one database keeps neither another's clean-up from its end nor a restore")
    void failsForOneDatabase() {
        engine.host.put(Profiles.named(EngineFixture.profile(), OTHER), EngineFixture.files(EngineFixture.cluster()));
        Backup stuck = engine.backup();
        Backup other = backupOf(OTHER);
        engine.clock.advance(Duration.ofDays(1));
        Backup young = engine.backup();
        engine.faults.add(strike("ObjectStore.delete")
                .with(keep(refused(ErrorKind.UNAVAILABLE, "Down for a while.")))
                .under("parix/" + DATABASE + "/"));
        engine.faults.add(fail("ObjectStore.list")
                .with(refused(ErrorKind.UNAVAILABLE, "Down for a while."))
                .under("parix/" + DATABASE + "/"));

        lookAt(ended(other).plus(WEEK));

        assertThat(kept(DATABASE)).containsExactly(young.id(), stuck.id());
        assertThat(kept(OTHER)).isEmpty();
        assertThat(engine.archived()).noneMatch(key -> key.startsWith("parix/" + OTHER + "/"));
        Restore restored = engine.restore(young);
        assertThat(restored.status()).isEqualTo(JobStatus.COMPLETED);

        engine.faults.clear();
        lookAt(engine.clock.instant().plus(LIMITS.cleanUpRetry()));
        assertThat(kept(DATABASE)).containsExactly(young.id());
    }
}
