package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CleanUpTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MICRO = Duration.ofNanos(1_000);
    private static final RetentionLimits LIMITS = RetentionLimits.DEFAULTS;

    private final EngineFixture engine = new EngineFixture(EngineSettings.builder());

    @AfterEach
    void close() {
        engine.close();
    }

    /** Lets time pass, and whoever watches look once. */
    private void elapse(Duration time) {
        engine.clock.advance(time);
        look();
    }

    private void look() {
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private void lookAt(Instant instant) {
        engine.clock.advanceTo(instant);
        look();
    }

    private List<BackupId> kept() {
        return engine.parix.backups().history(DATABASE, 100).stream()
                .map(Backup::id)
                .toList();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(row());
    }

    private JobRecord row() {
        return engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow();
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }

    private void requireWhole(Backup backup) {
        assertThat(engine.parix
                        .backups()
                        .verify(backup.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(engine.unowned()).isEmpty();
    }

    /** A backup that shares nothing with an earlier one: that one's manifest is gone, so nothing is trusted of it. */
    private Backup unsharing(Backup earlier) {
        engine.store().lose(manifest(earlier));
        return engine.backup();
    }

    private static ObjectKey manifest(Backup backup) {
        return new ObjectKey("parix/db-1/backups/" + backup.id() + "/manifest.json");
    }

    @Test
    @DisplayName("H3 H4 what has expired goes with everything that nothing else needs, and the newer backup is whole")
    void removesWhatHasExpired() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(6));
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.2)));
        Backup young = engine.backup();

        elapse(Duration.ofDays(1));

        assertThat(kept()).containsExactly(young.id());
        assertThat(engine.catalog.find(old.id().value())).isEmpty();
        assertThat(engine.archived()).noneMatch(key -> key.contains("/backups/" + old.id() + "/"));
        requireWhole(young);
        assertThat(engine.kinds())
                .containsSubsequence(BackupEvent.Kind.BACKUP_EXPIRING, BackupEvent.Kind.BACKUP_REMOVED)
                .doesNotContain(BackupEvent.Kind.CLEAN_UP_BLOCKED);
    }

    @Test
    @DisplayName("H8 a backup is there a microsecond before seven days have passed since its completion, and then goes")
    void countsFromCompletion() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();

        lookAt(ended(old).plus(WEEK).minus(MICRO));
        assertThat(kept()).containsExactly(young.id(), old.id());

        lookAt(ended(old).plus(WEEK));
        assertThat(kept()).containsExactly(young.id());
    }

    @Test
    @DisplayName(
            "H7 J1 the last restorable backup is kept whatever its age, says so once, and goes once there is a newer one")
    void keepsTheLast() {
        Backup last = engine.backup();
        elapse(Duration.ofDays(30));
        elapse(Duration.ofDays(30));

        assertThat(kept()).containsExactly(last.id());
        assertThat(state().lastKept()).contains(last.id());
        assertThat(engine.events)
                .filteredOn(event -> event.kind() == BackupEvent.Kind.BACKUP_KEPT_AS_LAST)
                .extracting(BackupEvent::job)
                .containsExactly(last.id().value());

        Backup newer = engine.backup();
        elapse(LIMITS.cleanUpEvery());
        assertThat(kept()).containsExactly(newer.id());
        requireWhole(newer);
    }

    @Test
    @DisplayName("H2 H7 the backups of a deleted database stay until they expire, then all go, and nothing is left")
    void deletedDatabase() {
        Backup last = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));

        lookAt(ended(last).plus(WEEK).minus(MICRO));
        assertThat(kept()).containsExactly(last.id());

        lookAt(ended(last).plus(WEEK));
        elapse(LIMITS.cleanUpEvery());
        assertThat(kept()).isEmpty();
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.catalog.databases(null, 10)).isEmpty();
    }

    @Test
    @DisplayName("H7 H11 of a database that the directory cannot tell nothing is known, so its last backup is kept")
    void unknownDatabase() {
        Backup last = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("no answer"));

        elapse(Duration.ofDays(60));

        assertThat(kept()).containsExactly(last.id());
        requireWhole(last);
    }

    @Test
    @DisplayName("H6 a backup on hold does not expire, and goes once it is lifted")
    void heldBackup() {
        Backup held = engine.backup();
        engine.parix.backups().hold(held.id(), ACTOR);
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();

        elapse(Duration.ofDays(6));
        assertThat(kept()).containsExactly(young.id(), held.id());

        engine.parix.backups().lift(held.id(), ACTOR);
        elapse(LIMITS.cleanUpEvery());
        assertThat(kept()).containsExactly(young.id());
    }

    @Test
    @DisplayName(
            "H10 what is locked is a state with its end, the backup is neither restored nor held, and goes after it")
    void lockedUntil() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = unsharing(old);
        Instant until = ended(old).plus(Duration.ofDays(9));
        engine.faults.add(strike("ObjectStore.delete").with(keep(locked(until))).ending(".seg"));

        lookAt(ended(old).plus(WEEK));

        assertThat(kept()).containsExactly(young.id(), old.id());
        assertThat(state().blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.backup()).isEqualTo(old.id());
            assertThat(blocked.code()).isEqualTo("locked-until");
            assertThat(blocked.lockEnds()).contains(until);
        });
        assertThat(row().progress().waiting()).contains(old.id().value());
        assertThat(engine.requestRestore(old))
                .isInstanceOfSatisfying(
                        RestoreAnswer.Refused.class,
                        refused -> assertThat(refused.report().failures())
                                .extracting(Check::code)
                                .contains("being-cleaned-up"));
        assertThatThrownBy(() -> engine.parix.backups().hold(old.id(), ACTOR))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_EXPIRING));
        elapse(Duration.ofHours(12));
        assertThat(engine.events)
                .filteredOn(event -> event.kind() == BackupEvent.Kind.CLEAN_UP_BLOCKED)
                .extracting(BackupEvent::job)
                .containsExactly(old.id().value());

        engine.faults.clear();
        lookAt(until);
        assertThat(kept()).containsExactly(young.id());
        requireWhole(young);
    }

    @Test
    @DisplayName("H5 a provider that fails makes clean-up come back, say so, and lets backups be made meanwhile")
    void failingProvider() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        engine.backup();
        engine.faults.add(fail("ObjectStore.delete").with(refused(ErrorKind.UNAVAILABLE, "Down for a while.")));

        elapse(WEEK);

        assertThat(engine.catalog.find(old.id().value()).orElseThrow().step()).isEqualTo("expiring");
        assertThat(row().progress().waiting()).contains("Down for a while.");
        Backup more = engine.backup();
        assertThat(more.status()).isEqualTo(JobStatus.COMPLETED);

        engine.faults.clear();
        elapse(LIMITS.cleanUpRetry());
        assertThat(kept()).doesNotContain(old.id()).contains(more.id());
        requireWhole(more);
    }

    @Test
    @DisplayName("H11 a listing that cannot be read stops the clean-up of the database, and nothing more is deleted")
    void unreadableListing() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();
        engine.faults.add(fail("ObjectStore.list").with(refused(ErrorKind.DENIED, "No listing.")));
        long segments = segments();

        elapse(WEEK);

        assertThat(state().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("No listing."));
        assertThat(segments()).isEqualTo(segments);
        assertThat(engine.kinds()).contains(BackupEvent.Kind.CLEAN_UP_BLOCKED);

        engine.faults.clear();
        elapse(LIMITS.cleanUpRetry());
        assertThat(state().reason()).isEmpty();
        assertThat(kept()).containsExactly(young.id());
        assertThat(engine.catalog.find(old.id().value())).isEmpty();
    }

    private long segments() {
        return engine.archived().stream().filter(key -> key.endsWith(".seg")).count();
    }

    @Test
    @DisplayName(
            "H11 H7 a kept backup's manifest that is not as committed stops the clean-up before anything goes, and the older one is kept")
    void unreadableManifestOfAKeptBackup() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();
        List<String> before = engine.archived();
        engine.store().damage(manifest(young), Damage.flip(40));

        lookAt(ended(young).plus(Duration.ofDays(6)).plusSeconds(1));

        assertThat(engine.archived()).isEqualTo(before);
        assertThat(state().reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains(young.id().value()));
        elapse(LIMITS.cleanUpRetry());
        assertThat(engine.catalog.find(old.id().value()).orElseThrow().step()).isEqualTo("completed");
        assertThat(state().lastKept()).contains(old.id());
        Backup flagged = engine.parix.backups().find(young.id()).orElseThrow();
        assertThat(flagged.completed().orElseThrow().verification().passed()).isFalse();
    }

    @Test
    @DisplayName("H7 a newest backup that is found damaged while clean-up looks keeps the older one")
    void damagedMeanwhile() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = engine.backup();
        engine.archived().stream()
                .filter(key -> key.contains("/backups/" + young.id() + "/") && key.endsWith(".idx"))
                .forEach(key -> engine.store().lose(new ObjectKey(key)));
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker = engine.builder(engine.catalog, engine.provider, dispatcher, 9)
                .directory(id -> {
                    // The rows are read by now.
                    engine.parix.backups().verify(young.id(), VerificationLevel.WRITTEN, ACTOR);
                    return engine.host.look(id);
                })
                .build()
                .start()) {
            engine.clock.advanceTo(ended(old).plus(WEEK));
            dispatcher.tick();
            assertThat(engine.catalog.find(old.id().value()).orElseThrow().step())
                    .isEqualTo("completed");
            assertThat(state().reason()).isEmpty();
            assertThat(worker.backups().history(DATABASE, 10)).hasSize(2);
        }

        elapse(LIMITS.cleanUpRetry());
        assertThat(state().lastKept()).contains(old.id());
    }

    @Test
    @DisplayName("F6 H4 a backup that a restore reads is kept past its age, and goes when the restore has ended")
    void inUse() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(6));
        engine.backup();
        RestoreAnswer asked = engine.requestRestore(old);
        assertThat(asked).isInstanceOf(RestoreAnswer.Accepted.class);
        engine.clock.advance(Duration.ofDays(1));

        engine.dispatcher.tick();
        assertThat(kept()).contains(old.id());

        engine.dispatcher.runUntilQuiet();
        elapse(LIMITS.cleanUpEvery());
        assertThat(kept()).doesNotContain(old.id());
    }

    @Test
    @DisplayName("B3 the line of a failed backup leaves history after the same period, counted from its end")
    void failedBackup() {
        Backup old = engine.backup();
        engine.faults.add(fail("putIfAbsent").with(refused(ErrorKind.DENIED, "No writing.")));
        Backup failed = engine.backup();
        engine.faults.clear();
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);

        lookAt(ended(failed).plus(WEEK).minus(MICRO));
        assertThat(kept()).contains(failed.id());

        lookAt(ended(failed).plus(WEEK));
        assertThat(kept()).containsExactly(old.id());
    }

    @Test
    @DisplayName("H3 something that is gone already is a success")
    void goneAlready() {
        Backup old = engine.backup();
        elapse(Duration.ofDays(1));
        Backup young = unsharing(old);
        assertThat(engine.catalog.unshared(old.id().value())).isNotEmpty();
        engine.catalog.unshared(old.id().value()).stream()
                .map(name -> new ObjectKey("parix/db-1/" + name))
                .forEach(engine.store()::lose);

        elapse(Duration.ofDays(6));

        assertThat(kept()).containsExactly(young.id());
        requireWhole(young);
    }
}
