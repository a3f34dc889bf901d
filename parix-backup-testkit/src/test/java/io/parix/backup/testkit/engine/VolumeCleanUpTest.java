package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.store.InMemoryProvider;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clean-up removes the snapshots of what has expired, and sees them gone. */
class VolumeCleanUpTest {
    private final VolumeFixture there = new VolumeFixture();
    private final EngineFixture engine = there.engine;
    private String late = "";
    private Map<String, String> labels = Map.of();

    @AfterEach
    void close() {
        there.close();
    }

    private void elapse(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(
                engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
    }

    private boolean isThere(Backup backup) {
        return engine.catalog.find(backup.id().value()).isPresent();
    }

    /** An old backup and a younger one, the day before the old one expires. */
    private Backup oldAndYoung() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(6));
        Backup young = engine.backup();
        assertThat(there.volumes.names()).hasSize(6).containsAll(VolumeFixture.names(young));
        return old;
    }

    @Test
    @DisplayName("H3 the snapshots of an expired backup go with it, those of its neighbour stay")
    void removes() {
        Backup old = oldAndYoung();
        elapse(Duration.ofDays(1));

        assertThat(isThere(old)).isFalse();
        assertThat(there.volumes.names()).hasSize(3);
        there.assertNothingUnowned();
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.CLEAN_UP_BLOCKED);
    }

    @Test
    @DisplayName("H3 the row goes only once its snapshots are seen gone, and being deleted is no obstacle")
    void seesThemGone() {
        there.volumes.times(SnapshotTimes.AT_ONCE.going(Duration.ofMinutes(15)));
        Backup old = oldAndYoung();
        elapse(Duration.ofDays(1));

        assertThat(isThere(old)).isTrue();
        assertThat(state().blocked()).isEmpty();
        elapse(RetentionLimits.DEFAULTS.cleanUpRetry());
        assertThat(isThere(old)).isTrue();
        elapse(RetentionLimits.DEFAULTS.cleanUpRetry());
        assertThat(isThere(old)).isFalse();
        there.assertNothingUnowned();
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.CLEAN_UP_BLOCKED);
    }

    @Test
    @DisplayName("H10 a locked snapshot is a state with its end, and goes after it; one in use is asked for again")
    void lockedAndInUse() {
        Backup old = oldAndYoung();
        List<String> names = VolumeFixture.names(old);
        Instant until = Objects.requireNonNull(old.endedAt()).plus(Duration.ofDays(9));
        there.volumes.use(names.get(1));
        elapse(Duration.ofDays(1));
        assertThat(state().blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.code()).isEqualTo("in-use");
            assertThat(blocked.reason()).contains(names.get(1));
        });
        assertThat(there.volumes.names()).contains(names.get(1)).doesNotContain(names.get(0), names.get(2));

        there.volumes.letGo(names.get(1));
        there.volumes.lock(names.get(1), until);
        elapse(RetentionLimits.DEFAULTS.cleanUpRetry());
        assertThat(state().blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.code()).isEqualTo("locked-until");
            assertThat(blocked.lockEnds()).contains(until);
        });
        assertThat(isThere(old)).isTrue();

        engine.clock.advanceTo(until);
        elapse(Duration.ZERO);
        assertThat(isThere(old)).isFalse();
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName("H3 snapshots that are gone already are a success")
    void goneAlready() {
        Backup old = oldAndYoung();
        VolumeFixture.names(old).forEach(name -> there.volumes.delete(name, VolumeFixture.CALL));
        elapse(Duration.ofDays(1));

        assertThat(isThere(old)).isFalse();
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName("H11 H5 a listing of snapshots that cannot be had stops the clean-up, which says so and goes on later")
    void listingFails() {
        Backup old = oldAndYoung();
        there.engine.faults.add(fail("VolumeSnapshots.list", first(1)).with(refused(ErrorKind.DENIED, "No listing.")));
        elapse(Duration.ofDays(1));

        assertThat(isThere(old)).isTrue();
        assertThat(there.volumes.names()).hasSize(6);
        assertThat(state().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("No listing."));
        elapse(RetentionLimits.DEFAULTS.cleanUpRetry());
        assertThat(isThere(old)).isFalse();
        there.assertNothingUnowned();
    }

    @ParameterizedTest
    @ValueSource(strings = {"describe", "VolumeSnapshots.delete"})
    @DisplayName("H5 a snapshot of one backup that the place does not tell of or let go of holds up no other backup")
    void troubleWithOne(String call) {
        Backup old = engine.backup();
        elapse(Duration.ofHours(1));
        Backup next = engine.backup();
        elapse(Duration.ofDays(6));
        Backup young = engine.backup();
        there.engine.faults.add(fail(call, first(1)).with(refused(ErrorKind.DENIED, "Not yours.")));
        elapse(Duration.ofDays(1));

        assertThat(isThere(old)).isTrue();
        assertThat(isThere(next)).isFalse();
        assertThat(isThere(young)).isTrue();
        assertThat(state().reason()).isEmpty();
        assertThat(state().blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.backup()).isEqualTo(old.id());
            assertThat(blocked.reason()).contains("Not yours.");
        });
        elapse(RetentionLimits.DEFAULTS.cleanUpRetry());
        assertThat(isThere(old)).isFalse();
        there.assertNothingUnowned();
    }

    /** A backup that was cancelled while its snapshots were pending, and swept. */
    private Backup cancelled() {
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(20));
        late = there.volumes.names().get(0);
        labels = there.volumes.describe(late, VolumeFixture.CALL).labels();
        engine.parix.backups().cancel(asked.id(), EngineFixture.ACTOR);
        engine.dispatcher.runUntilQuiet();
        there.volumes.times(SnapshotTimes.AT_ONCE);
        assertThat(there.volumes.names()).isEmpty();
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
        return asked;
    }

    /** Makes what a worker asks for that slept through the end of its backup. */
    private void makeLate(String name) {
        there.volumes.request(name, "vol-0", labels, VolumeFixture.CALL);
    }

    @Test
    @DisplayName(
            "B3 H3 snapshots that appear after their failed backup was swept go with its row, by name and by label; others stay")
    void lateForAFailedOne() {
        Backup failed = cancelled();
        makeLate(late);
        makeLate(late.replaceFirst("-1-0$", "-7-0"));
        there.volumes.request("of-somebody-else", "vol-0", Map.of("owner", "bea"), VolumeFixture.CALL);
        elapse(Duration.ofDays(6));
        Backup young = engine.backup();
        assertThat(there.volumes.names()).hasSize(6);

        elapse(Duration.ofDays(1).plusMinutes(1));

        assertThat(isThere(failed)).isFalse();
        assertThat(there.volumes.names())
                .hasSize(4)
                .containsAll(VolumeFixture.names(young))
                .contains("of-somebody-else");
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.CLEAN_UP_BLOCKED);
    }

    @Test
    @DisplayName("B3 H10 while a snapshot that came late is locked, the row of the failed backup stays, and says so")
    void lateAndLocked() {
        Backup failed = cancelled();
        makeLate(late);
        Instant until = engine.clock.instant().plus(Duration.ofDays(9));
        there.volumes.lock(late, until);
        elapse(Duration.ofDays(7).plusMinutes(1));

        assertThat(isThere(failed)).isTrue();
        assertThat(state().blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.backup()).isEqualTo(failed.id());
            assertThat(blocked.lockEnds()).contains(until);
        });
        engine.clock.advanceTo(until);
        elapse(Duration.ZERO);
        assertThat(isThere(failed)).isFalse();
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName("H5 the row of a failed backup goes at its age though its provider makes no snapshots any more")
    void failedAndNoMoreVolumes() {
        Backup failed = cancelled();
        engine.dispatcher.loseAll();
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        InMemoryProvider without = new InMemoryProvider(engine.clock);
        try (ParixBackup second =
                engine.engine(engine.catalog, without, wakes, 77).start()) {
            second.rebuild().adopt(engine.location());
            engine.clock.advance(Duration.ofDays(7).plusMinutes(1));
            wakes.tick();
            wakes.runUntilQuiet();
        }
        assertThat(isThere(failed)).isFalse();
    }

    @Test
    @DisplayName(
            "C11 H3 the snapshots of a backup that was found in storage go with it, those that its manifest does not name, too")
    void rebuilt() {
        Backup old = engine.backup();
        Map<String, String> labels = there.volumes
                .describe(VolumeFixture.names(old).get(0), VolumeFixture.CALL)
                .labels();
        String unnamed = VolumeFixture.names(old).get(0).replaceFirst("-1-0$", "-7-0");
        there.volumes.request(unnamed, "vol-0", labels, VolumeFixture.CALL);
        InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        try (ParixBackup second =
                engine.engine(empty, engine.provider, wakes, 77).start()) {
            second.rebuild().adopt(engine.location());
            var unused = second.rebuild().database(engine.location(), DATABASE);
            BackupJob.Begun found = (BackupJob.Begun)
                    BackupRow.read(empty.find(old.id().value()).orElseThrow());
            assertThat(found.run().intent().snapshots())
                    .containsAll(VolumeFixture.names(old))
                    .contains(unnamed);
            second.backups().lift(old.id(), EngineFixture.ACTOR);
            engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
            assertThat(there.volumes.names()).hasSize(4);

            engine.clock.advance(Duration.ofDays(7));
            wakes.tick();

            assertThat(empty.find(old.id().value())).isEmpty();
        }
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName("C11 a backup that was found in storage knows the snapshots of no other backup by their labels")
    void rebuiltBesideOthers() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();
        InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
        try (ParixBackup second = engine.engine(empty, engine.provider, new SteppedDispatcher(engine.clock), 77)
                .start()) {
            var unused = second.rebuild().database(engine.location(), DATABASE);
        }

        for (Backup backup : List.of(old, young)) {
            BackupJob.Begun found = (BackupJob.Begun)
                    BackupRow.read(empty.find(backup.id().value()).orElseThrow());
            assertThat(found.run().intent().snapshots()).isEqualTo(VolumeFixture.names(backup));
        }
    }
}
