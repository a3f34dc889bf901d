package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.fault.Effect.flip;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupVerificationTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C12 a base segment found damaged flags every backup that needs it, and the new backup is whole")
    void damagedBase() {
        EngineFixture readsAll = new EngineFixture(EngineSettings.builder().readBackShare(1.0));
        Backup first = readsAll.backup();
        Backup second = readsAll.backup();
        readsAll.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(key -> readsAll.store().damage(key, Damage.flip(100)));

        Backup third = readsAll.backup();

        assertThat(readsAll.parix
                        .backups()
                        .find(first.id())
                        .orElseThrow()
                        .completed()
                        .orElseThrow()
                        .verification()
                        .passed())
                .isFalse();
        assertThat(readsAll.parix
                        .backups()
                        .find(second.id())
                        .orElseThrow()
                        .completed()
                        .orElseThrow()
                        .verification()
                        .passed())
                .isFalse();
        assertThat(readsAll.parix
                        .backups()
                        .verify(third.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(readsAll.kinds()).contains(BackupEvent.Kind.BACKUP_DAMAGED);
        readsAll.close();
    }

    @Test
    @DisplayName("C12 a base whose index is found damaged is flagged, and the new backup is whole")
    void damagedBaseIndex() {
        Backup base = engine.backup();
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith("-replica-1.idx"))
                .forEach(key -> engine.store().damage(key, Damage.flip(100)));

        Backup next = engine.backup();

        assertThat(engine.parix
                        .backups()
                        .find(base.id())
                        .orElseThrow()
                        .completed()
                        .orElseThrow()
                        .verification()
                        .passed())
                .isFalse();
        assertThat(engine.parix
                        .backups()
                        .verify(next.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
    }

    @Test
    @DisplayName("C10 H3 a backup that is removed while it is verified is said to expire, not to be damaged")
    void removedMeanwhile() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofMinutes(1));
        Backup newest = engine.backup();
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {}).before("get");
        SteppedDispatcher idle = new SteppedDispatcher(engine.clock);
        ParixBackup reader = engine.engine(engine.catalog, hooked, idle, 7).start();
        AtomicBoolean removed = new AtomicBoolean();
        hooked.looking(() -> {
            if (removed.compareAndSet(false, true)) {
                engine.clock.advance(Duration.ofDays(7));
                engine.dispatcher.tick();
                engine.dispatcher.runUntilQuiet();
            }
        });

        assertThatThrownBy(() -> reader.backups().verify(old.id(), VerificationLevel.READ_BACK, ACTOR))
                .isInstanceOf(FailedException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.BACKUP_EXPIRING);
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.BACKUP_DAMAGED);
        assertThat(reader.backups()
                        .verify(newest.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        reader.close();
    }

    @Test
    @DisplayName(
            "C10 C12 a look that passes clears no damage that was found after it began, and one that began later does")
    void overtaken() {
        Backup backup = engine.backup();
        Report damage = new Report(List.of(new Check(
                "C4",
                "object-corrupt",
                Check.Outcome.FAIL,
                "segments/1",
                "another checksum",
                "Segment 1 is corrupt.")));
        Findings findings = new Findings(engine.catalog, new ConflictRetry(3));
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {}).before("get");
        ParixBackup reader = engine.engine(engine.catalog, hooked, new SteppedDispatcher(engine.clock), 7)
                .start();
        AtomicBoolean found = new AtomicBoolean();
        hooked.looking(() -> {
            if (found.compareAndSet(false, true)) {
                // At the instant at which the look began: no clock tells which was first.
                findings.flag(backup.id(), damage);
            }
        });

        assertThat(reader.backups()
                        .verify(backup.id(), VerificationLevel.READ_BACK, ACTOR)
                        .report())
                .isEqualTo(damage);
        assertThat(recorded(backup).report()).isEqualTo(damage);

        assertThat(reader.backups()
                        .verify(backup.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(recorded(backup).passed()).isTrue();
        reader.close();
    }

    private Verification recorded(Backup backup) {
        return engine.parix
                .backups()
                .find(backup.id())
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification();
    }

    @Test
    @DisplayName("C10 verifying reaches the level asked for and records it")
    void verifies() {
        Backup backup = engine.backup();

        assertThat(engine.parix
                        .backups()
                        .verify(backup.id(), VerificationLevel.DATABASE_CHECKED, ACTOR)
                        .passed())
                .isTrue();

        Backup now = engine.parix.backups().find(backup.id()).orElseThrow();
        assertThat(now.completed().orElseThrow().verification().level()).isEqualTo(VerificationLevel.DATABASE_CHECKED);
    }

    @ParameterizedTest
    @CsvSource({"manifest.json, READ_BACK", ".idx, READ_BACK", ".seg, READ_BACK", ".seg, DATABASE_CHECKED"})
    @DisplayName(
            "C10 what is damaged on the way once is read again: the backup is sound, and stays the last restorable one")
    void damagedOnTheWay(String object, VerificationLevel level) {
        Backup backup = engine.backup();
        engine.faults.add(strike("get", nth(1)).with(flip()).ending(object));

        var found = engine.parix.backups().verify(backup.id(), level, ACTOR);

        assertThat(found.passed()).isTrue();
        assertThat(engine.parix.restores().eligibility(backup.id()).failures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"manifest.json, READ_BACK", ".idx, READ_BACK", ".seg, READ_BACK", ".seg, DATABASE_CHECKED"})
    @DisplayName("C10 what is damaged each time it is read is damaged")
    void damagedEachTime(String object, VerificationLevel level) {
        Backup backup = engine.backup();
        engine.faults.add(strike("get").with(flip()).ending(object));

        var found = engine.parix.backups().verify(backup.id(), level, ACTOR);

        assertThat(found.passed()).isFalse();
    }

    @Test
    @DisplayName("C4 C10 one flipped byte in storage is found, named, recorded, and ends eligibility")
    void findsDamage() {
        Backup backup = engine.backup();
        var segment = engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(-200));

        var found = engine.parix.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR);

        assertThat(found.passed()).isFalse();
        assertThat(found.report().failures().get(0).expected()).contains(segment.name());
        assertThat(engine.parix.restores().eligibility(backup.id()).failures())
                .extracting(Check::code)
                .contains("artifacts-damaged");
    }

    @Test
    @DisplayName(
            "C4 C10 damage found by reading stays on record through weaker looks, failed or passed, until every byte is right")
    void weakerLookClearsNothing() {
        Backup backup = engine.backup();
        var segment = engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(64));
        engine.parix.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR);
        engine.store().damage(segment, Damage.truncate(1));
        engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);
        engine.store().damage(segment, Damage.append(1));

        engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);

        var recorded = engine.parix
                .backups()
                .find(backup.id())
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification();
        assertThat(recorded.passed()).isFalse();
        assertThat(recorded.level()).isEqualTo(VerificationLevel.READ_BACK);
    }

    @Test
    @DisplayName("I4 verifying what is not there is refused by code")
    void verifyUnknown() {
        assertThatThrownBy(() -> engine.parix
                        .backups()
                        .verify(new io.parix.backup.BackupId("nope"), VerificationLevel.WRITTEN, ACTOR))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
