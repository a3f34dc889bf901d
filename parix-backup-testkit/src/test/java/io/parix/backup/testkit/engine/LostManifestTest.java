package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.flip;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.Check;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.fault.Fault;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest that was put, and that the place loses or damages before the job has ended. */
class LostManifestTest {
    private static final String MANIFEST = "manifest.json";

    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    static Stream<Fault> losses() {
        return Stream.of(
                fail("get").with(refused(ErrorKind.NOT_FOUND, "404")),
                strike("get").with(flip()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    @DisplayName(
            "B1 C10 a backup whose manifest is lost as soon as it is put ends, as a damaged one, and frees its database")
    void endsDamaged(Fault loss) {
        engine.faults.add(loss.ending(MANIFEST));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_COMPLETED, BackupEvent.Kind.BACKUP_DAMAGED);
        engine.faults.clear();
        assertThat(engine.parix.restores().eligibility(backup.id()).failures())
                .extracting(Check::code)
                .containsExactly("artifacts-damaged");
        assertThat(engine.parix.restores().eligibility(engine.backup().id()).failures())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "B3 C4 a manifest of which one bit is another one and that reads well sweeps nothing away that is needed")
    void readsWellAndIsAnother() {
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {}).before("get");
        SteppedDispatcher first = new SteppedDispatcher(engine.clock);
        ParixBackup worker = engine.engine(engine.catalog, hooked, first, 99).start();
        hooked.looking(() -> manifest().ifPresent(key -> {
            hooked.looking(() -> {});
            engine.store().damage(key, LostManifestTest::anotherAttempt);
        }));

        worker.backups().request(BackupRequest.of(DATABASE, ACTOR));
        first.runUntilQuiet();

        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_COMPLETED, BackupEvent.Kind.BACKUP_DAMAGED);
        assertThat(engine.archived()).filteredOn(key -> key.endsWith(".seg")).isNotEmpty();
        assertThat(engine.archived()).filteredOn(key -> key.endsWith(".idx")).isNotEmpty();
        worker.close();
    }

    private Optional<ObjectKey> manifest() {
        return engine.store().keys().stream()
                .filter(key -> key.value().endsWith(MANIFEST))
                .findFirst();
    }

    /** The name of the first index is that of another attempt. */
    private static byte[] anotherAttempt(byte[] manifest) {
        int digit = new String(manifest, UTF_8).indexOf("-replica-0.idx") - 1;
        manifest[digit] ^= 1;
        return manifest;
    }

    @Test
    @DisplayName("B1 a backup whose manifest cannot be read for a while waits for it, and ends as a sound one")
    void waits() {
        engine.faults.add(fail("get", first(3))
                .with(refused(ErrorKind.UNAVAILABLE, "503"))
                .ending(MANIFEST));

        Backup backup = engine.backup();

        assertThat(engine.parix.restores().eligibility(backup.id()).failures()).isEmpty();
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.BACKUP_DAMAGED);
    }
}
