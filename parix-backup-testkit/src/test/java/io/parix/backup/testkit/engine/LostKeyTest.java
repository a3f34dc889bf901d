package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** C13: which backups a lost key takes with it, and how they come back. */
class LostKeyTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;
    private List<byte[]> saved = List.of();
    private String key = "";

    @BeforeEach
    void seal() {
        key = engine.keys.rotate();
        saved = engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void comesBack(Backup backup) {
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
        engine.clock.advance(Duration.ofMinutes(1));
    }

    private Verification verify(Backup backup, VerificationLevel level) {
        return engine.parix.backups().verify(backup.id(), level, ACTOR);
    }

    private List<String> toldLost() {
        fixture.elapse(Duration.ZERO);
        return engine.events.stream()
                .filter(event -> event.kind() == BackupEvent.Kind.BACKUP_DAMAGED)
                .filter(event -> event.failure() == ErrorCode.KEY_LOST)
                .map(BackupEvent::job)
                .toList();
    }

    private void assertLost(Backup... backups) {
        for (Backup backup : backups) {
            assertThat(fixture.row(backup).restorable()).isFalse();
            assertThat(fixture.against(backup)).contains("key-lost");
        }
        assertThat(toldLost())
                .as("each is told of, once")
                .containsExactlyInAnyOrderElementsOf(List.of(backups).stream()
                        .map(backup -> backup.id().value())
                        .toList());
    }

    /** Three backups of which each needs segments of the first, under a key that is lost; one before, and one in the clear. */
    private record Shared(Backup before, Backup clear, Backup first, Backup second, Backup third) {}

    private Shared shared() {
        Backup before = engine.backup();
        engine.keys.stop();
        Backup clear = engine.backup();
        String lost = engine.keys.rotate();
        Backup first = engine.backup();
        engine.keys.rotate();
        Backup second = engine.backup();
        engine.keys.rotate();
        Backup third = engine.backup();
        assertThat(third.completed().orElseThrow().added().bytes())
                .as("it shares")
                .isLessThan(first.completed().orElseThrow().added().bytes() / 2);
        engine.keys.lose(lost);
        return new Shared(before, clear, first, second, third);
    }

    private void assertSharersLost(Shared backups) {
        assertLost(backups.first(), backups.second(), backups.third());
        assertThat(fixture.row(backups.before()).restorable()).isTrue();
        assertThat(fixture.row(backups.clear()).restorable()).isTrue();
    }

    @Test
    @DisplayName("C13 H7 a look at one backup flags all that need its lost key, and the one that stays can be restored")
    void flagsAll() {
        Shared backups = shared();
        fixture.elapse(Duration.ofDays(1));
        assertThat(engine.requestRestore(backups.third())).isInstanceOf(RestoreAnswer.Refused.class);
        assertSharersLost(backups);
        assertThat(engine.requestRestore(backups.second())).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(engine.requestRestore(backups.first())).isInstanceOf(RestoreAnswer.Refused.class);
        assertSharersLost(backups);
        assertThat(fixture.protection()
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .id())
                .isEqualTo(backups.clear().id());

        fixture.elapse(Duration.ofDays(14));

        assertThat(engine.parix.backups().history(DATABASE, 10))
                .extracting(Backup::id)
                .containsExactly(backups.clear().id());
        comesBack(backups.clear());
    }

    @Test
    @DisplayName("C13 H7 C10 so does a verification")
    void verificationFlagsAll() {
        Shared backups = shared();
        assertThat(verify(backups.second(), VerificationLevel.READ_BACK).passed())
                .isFalse();
        assertSharersLost(backups);
    }

    @Test
    @DisplayName("C13 H7 F4 so does a restore that loses the key before it stages")
    void stagingFlagsAll() {
        Backup first = engine.backup();
        engine.keys.rotate();
        Backup second = engine.backup();
        engine.faults.add(
                strike("RestoreHost.stage", nth(1)).with(before("loses the key", () -> engine.keys.lose(key))));
        assertThat(engine.restore(second).status()).isEqualTo(JobStatus.FAILED);
        engine.clock.advance(Duration.ofMinutes(1));
        assertLost(first, second);
    }

    @Test
    @DisplayName("C13 H7 C12 so does a new backup, which stores everything anew, and is sound")
    void newBackupFlagsAll() {
        Shared backups = shared();
        Backup next = engine.backup();
        assertSharersLost(backups);
        comesBack(next);
    }

    @Test
    @DisplayName(
            "C13 H7 where the port gives another key than a backup was sealed under, all that share with it are lost")
    void anotherKey() {
        Backup first = engine.backup();
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.5)));
        Backup second = engine.backup();
        Backup third = engine.backup();
        WrappedKey wrapped = WrappedKey.of("another", new byte[] {1});
        engine.faults.add(answer("KeyPort.open").with(Optional.of(DataKey.of(wrapped, new byte[DataKey.LENGTH]))));
        assertThat(verify(second, VerificationLevel.WRITTEN).passed()).isFalse();
        assertLost(second, third);
        assertThat(fixture.row(first).restorable()).isTrue();
    }

    @Test
    @DisplayName(
            "C13 H7 a data key that was lost when one look asked for it is lost for all that need it, though the port cannot be asked again")
    void askedOnce() {
        Backup first = engine.backup();
        engine.keys.rotate();
        Backup second = engine.backup();
        engine.keys.lose(key);
        engine.faults.add(strike("get")
                .with(before("cuts the keys off", () -> engine.keys.fail("out")))
                .ending(first.id() + "/manifest.json"));
        assertThat(engine.requestRestore(second)).isInstanceOf(RestoreAnswer.Refused.class);
        engine.keys.recover();
        assertLost(first, second);
    }

    @Test
    @DisplayName(
            "C13 H7 where the manifest of another backup cannot be read now, the next look at the lost one flags it")
    void nextLook() {
        Backup first = engine.backup();
        engine.keys.rotate();
        Backup second = engine.backup();
        engine.keys.lose(key);
        boolean[] out = {true};
        engine.faults.add(fail("get")
                .with(refused(ErrorKind.UNAVAILABLE, "503"))
                .ending(first.id() + "/manifest.json")
                .when("while it is out", call -> out[0]));
        assertThat(engine.requestRestore(second)).isInstanceOf(RestoreAnswer.Refused.class);
        assertLost(second);
        assertThat(fixture.row(first).restorable()).isTrue();
        out[0] = false;
        assertThat(engine.requestRestore(second)).isInstanceOf(RestoreAnswer.Refused.class);
        assertLost(first, second);
    }

    @Test
    @DisplayName("C13 a look whose other manifests cannot be read flags the backup itself, and those that can be")
    void unreadableManifest() {
        Shared backups = shared();
        ObjectKey manifest = engine.store().keys().stream()
                .filter(object ->
                        object.value().endsWith("/backups/" + backups.second().id() + "/manifest.json"))
                .findFirst()
                .orElseThrow();
        engine.store().lose(manifest);
        assertThat(engine.requestRestore(backups.third())).isInstanceOf(RestoreAnswer.Refused.class);
        assertLost(backups.first(), backups.third());
    }

    @Test
    @DisplayName(
            "C13 C10 a key that comes back clears its loss once every byte is read back, however far the last look went")
    void comesBackWithItsKey() {
        Backup backup = engine.backup();
        assertThat(verify(backup, VerificationLevel.DATABASE_CHECKED).passed()).isTrue();
        engine.keys.lose(key);
        assertThat(engine.requestRestore(backup)).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(fixture.row(backup).restorable()).isFalse();
        engine.keys.bringBack(key);
        assertThat(verify(backup, VerificationLevel.WRITTEN).passed()).isTrue();
        assertThat(fixture.row(backup).restorable()).as("only listed").isFalse();
        assertThat(verify(backup, VerificationLevel.READ_BACK).passed()).isTrue();
        assertThat(fixture.row(backup).restorable()).isTrue();
        comesBack(backup);
    }

    @Test
    @DisplayName(
            "C10 C13 other damage is cleared by a look as far as the one that found it, whether a key was lost meanwhile or not")
    void otherDamageStays() {
        Backup backup = engine.backup();
        ObjectKey segment = engine.store().keys().stream()
                .filter(object -> object.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(100));
        assertThat(verify(backup, VerificationLevel.DATABASE_CHECKED).passed()).isFalse();
        engine.store().damage(segment, Damage.flip(100));
        assertThat(verify(backup, VerificationLevel.READ_BACK).passed()).isTrue();
        assertThat(fixture.against(backup)).contains("artifacts-damaged");

        engine.keys.lose(key);
        assertThat(engine.requestRestore(backup)).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(verify(backup, VerificationLevel.DATABASE_CHECKED).passed()).isFalse();
        engine.keys.bringBack(key);
        assertThat(verify(backup, VerificationLevel.READ_BACK).passed()).isTrue();
        assertThat(fixture.against(backup)).contains("artifacts-damaged");

        assertThat(verify(backup, VerificationLevel.DATABASE_CHECKED).passed()).isTrue();
        comesBack(backup);
    }

    @Test
    @DisplayName("C13 a process without keys declares nothing lost that it meets, and its own backups lie in the clear")
    void withoutPort() {
        Backup backup = engine.backup();
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup keyless = engine.builder(engine.catalog, engine.provider, dispatcher, 78)
                .keys(KeyPort.none())
                .build()
                .start()) {
            RestoreRequest request = RestoreRequest.of(backup.id(), EngineFixture.NAME, ACTOR);
            assertUnavailable(() -> keyless.restores().request(request));
            assertUnavailable(() -> keyless.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR));
            BackupAnswer asked = keyless.backups().request(BackupRequest.of(DATABASE, ACTOR));
            dispatcher.runUntilQuiet();
            engine.clock.advance(Duration.ofMinutes(1));
            Backup clear = keyless.backups()
                    .find(((BackupAnswer.Accepted) asked).backup().id())
                    .orElseThrow();
            assertThat(codes(clear.completed().orElseThrow().warnings().checks()))
                    .contains("base-sealing");
            assertThat(keyless.backups()
                            .verify(clear.id(), VerificationLevel.READ_BACK, ACTOR)
                            .passed())
                    .isTrue();
        }
        assertThat(fixture.row(backup).restorable()).isTrue();
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.BACKUP_DAMAGED);
        comesBack(backup);
    }

    private static void assertUnavailable(Runnable asking) {
        FailedException e = catchThrowableOfType(FailedException.class, asking::run);
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    }
}
