package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Damage that a restore finds is on record, as if a verification had found it. */
class RestoreDamageTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;
    private Backup old;
    private Backup young;

    @BeforeEach
    void oldAndYoung() {
        old = engine.backup();
        fixture.elapse(Duration.ofDays(6));
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.2)));
        young = engine.backup();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<ObjectKey> segments(Backup backup) {
        List<ObjectKey> found = engine.store().keys().stream()
                .filter(key -> key.value().contains("/segments/" + backup.id() + "/"))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private List<BackupId> kept() {
        return engine.parix.backups().history(DATABASE, 10).stream()
                .map(Backup::id)
                .toList();
    }

    private List<String> toldDamaged() {
        return engine.events.stream()
                .filter(event -> event.kind() == BackupEvent.Kind.BACKUP_DAMAGED)
                .map(BackupEvent::job)
                .toList();
    }

    private void assertToldOf(ErrorCode code) {
        assertThat(engine.events)
                .filteredOn(event -> event.kind() == BackupEvent.Kind.BACKUP_DAMAGED)
                .extracting(BackupEvent::failure)
                .containsExactly(code);
    }

    /** Something happens to the objects after the look at the start, right before they are staged. */
    private void beforeStaging(List<ObjectKey> objects, Consumer<ObjectKey> happening) {
        engine.faults.add(strike("RestoreHost.stage", nth(1))
                .with(before("loses what is to be staged", () -> objects.forEach(happening))));
    }

    private void assertYoungIsOnRecordAndOldStays() {
        assertThat(fixture.against(young)).contains("artifacts-damaged");
        assertThat(fixture.row(young).restorable()).isFalse();
        assertThat(fixture.row(old).restorable()).isTrue();
        assertThat(codes(fixture.protection().report().failures())).contains("newest-damaged");
        assertThat(fixture.protection()
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .id())
                .isEqualTo(old.id());
        assertThat(toldDamaged()).containsExactly(young.id().value());

        fixture.elapse(Duration.ofDays(3));
        assertThat(kept()).contains(old.id());
        assertThat(engine.restore(old).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "H7 C12 D3 J2 what a request for a restore finds missing is on record: the older backup stays, the damaged one is offered no more")
    void atTheRequest() {
        segments(young).forEach(engine.store()::lose);

        assertThat(engine.requestRestore(young)).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(engine.requestRestore(young)).as("told once").isInstanceOf(RestoreAnswer.Refused.class);
        fixture.elapse(Duration.ZERO);

        assertYoungIsOnRecordAndOldStays();
    }

    @Test
    @DisplayName("H7 C12 D3 J2 F2 so is what a restore finds missing at its start")
    void atTheStart() {
        RestoreAnswer asked = engine.requestRestore(young);
        assertThat(asked).isInstanceOf(RestoreAnswer.Accepted.class);
        segments(young).forEach(engine.store()::lose);

        engine.dispatcher.runUntilQuiet();

        assertYoungIsOnRecordAndOldStays();
    }

    @Test
    @DisplayName("H7 C12 D3 J2 F4 so is a segment that is missing when it is staged")
    void missingWhileStaging() {
        beforeStaging(segments(young), engine.store()::lose);

        assertThat(codeOf(engine.restore(young))).isEqualTo(ErrorCode.OBJECT_MISSING);

        assertYoungIsOnRecordAndOldStays();
        assertToldOf(ErrorCode.OBJECT_MISSING);
    }

    @Test
    @DisplayName("H7 C4 C12 D3 J2 F4 so is a segment that is wrong when it is staged")
    void wrongWhileStaging() {
        segments(young).forEach(key -> engine.store().damage(key, Damage.flip(64)));

        assertThat(codeOf(engine.restore(young))).isEqualTo(ErrorCode.OBJECT_CORRUPT);

        assertYoungIsOnRecordAndOldStays();
        assertToldOf(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    @DisplayName("H7 C12 D3 J2 F4 so is a manifest that is missing when it is to be staged")
    void manifestLostBeforeStaging() {
        engine.faults.add(strike("RestoreHost.move", nth(1))
                .with(before(
                        "loses the manifest",
                        () -> engine.store()
                                .lose(new ObjectKey("parix/db-1/backups/" + young.id() + "/manifest.json")))));

        assertThat(codeOf(engine.restore(young))).isEqualTo(ErrorCode.OBJECT_MISSING);

        assertThat(fixture.against(young)).contains("artifacts-damaged");
        assertThat(toldDamaged()).containsExactly(young.id().value());
    }

    private static ErrorCode codeOf(Restore failed) {
        return failed.failed().orElseThrow().code();
    }

    @Test
    @DisplayName(
            "C12 the backups that share a segment which a restore finds missing are on record, too, whichever is restored")
    void sharersAtTheRequest() {
        segments(old).forEach(engine.store()::lose);

        var unused = engine.parix.restores().eligibility(young.id());

        assertThat(fixture.against(young)).contains("artifacts-damaged");
        assertThat(fixture.against(old)).contains("artifacts-damaged");
    }

    @Test
    @DisplayName("C12 F4 so are those that share a segment which is wrong when it is staged")
    void sharersWhileStaging() {
        segments(old).forEach(key -> engine.store().damage(key, Damage.flip(64)));

        assertThat(codeOf(engine.restore(young))).isEqualTo(ErrorCode.OBJECT_CORRUPT);

        assertThat(fixture.against(young)).contains("artifacts-damaged");
        assertThat(fixture.against(old)).contains("artifacts-damaged");
    }

    @Test
    @DisplayName("E2 D3 a place that only does not answer says nothing of its backups: none is on record as damaged")
    void unavailable() {
        engine.faults.add(fail("ObjectStore.get").with(refused(ErrorKind.UNAVAILABLE, "Down for a while.")));
        engine.faults.add(fail("ObjectStore.stat").with(refused(ErrorKind.UNAVAILABLE, "Down for a while.")));
        assertThatThrownBy(() -> engine.requestRestore(young)).isInstanceOf(ProviderException.class);
        engine.faults.clear();
        engine.faults.add(strike("RestoreHost.stage", nth(1))
                .with(before(
                        "the place goes down",
                        () -> engine.faults.add(fail("ObjectStore.get")
                                .with(refused(ErrorKind.DENIED, "Not with these credentials."))))));
        assertThat(engine.restore(young).status()).isEqualTo(JobStatus.FAILED);
        engine.faults.clear();

        assertThat(toldDamaged()).isEmpty();
        assertThat(fixture.against(young)).isEmpty();
        assertThat(fixture.protection()
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .id())
                .isEqualTo(young.id());
    }

    @Test
    @DisplayName("F4 H7 a staging disk that fails says nothing of the backup, either")
    void stagingFails() {
        engine.host.free(1);

        assertThat(codeOf(engine.restore(young))).isEqualTo(ErrorCode.STAGING_FAILED);

        assertThat(toldDamaged()).isEmpty();
        assertThat(fixture.against(young)).isEmpty();
    }
}
