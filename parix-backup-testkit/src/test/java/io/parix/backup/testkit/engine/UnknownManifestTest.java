package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A catalog that does not know every backup that lies in storage, and a clean-up beside it. */
class UnknownManifestTest {
    private final EngineFixture engine = new EngineFixture();
    private final InMemoryCatalog rebuilt = new InMemoryCatalog(engine.clock, "ee".repeat(16));
    private final SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
    private final ParixBackup second =
            engine.engine(rebuilt, engine.provider, wakes, 77).start();

    @AfterEach
    void close() {
        second.close();
        engine.close();
    }

    private RebuildReport rebuild() {
        second.rebuild().adopt(engine.location());
        return second.rebuild().database(engine.location(), DATABASE);
    }

    private void elapse(Duration time) {
        engine.clock.advance(time);
        wakes.tick();
        wakes.runUntilQuiet();
    }

    private void backupHere() {
        var asked = second.backups().request(BackupRequest.of(DATABASE, ACTOR));
        assertThat(asked).isNotNull();
        wakes.runUntilQuiet();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(
                rebuilt.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
    }

    private ObjectKey key(String... parts) {
        return engine.store().keys().stream()
                .filter(key -> Arrays.stream(parts).allMatch(key.value()::contains))
                .findFirst()
                .orElseThrow();
    }

    private boolean isWhole(BackupId backup) {
        return second.backups()
                .verify(backup, VerificationLevel.READ_BACK, ACTOR)
                .passed();
    }

    @Test
    @DisplayName(
            "H11 C11 a backup in storage that no rebuild could read stops clean-up, which goes on once it is known")
    void unreadableNeighbour() {
        Backup old = engine.backup();
        Backup unread = engine.backup();
        ObjectKey index = key(unread.id() + "/", "-replica-1.idx");
        engine.store().damage(index, Damage.flip(40));
        assertThat(rebuild().adopted()).containsExactly(old.id());
        second.backups().lift(old.id(), ACTOR);
        backupHere();
        int before = engine.store().keys().size();

        elapse(Duration.ofDays(8));

        assertThat(state().reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains(unread.id().value(), "ebuild"));
        assertThat(engine.store().keys()).hasSize(before);
        engine.store().damage(index, Damage.flip(40));
        assertThat(rebuild().adopted()).containsExactly(unread.id());
        elapse(Duration.ofDays(1));
        assertThat(state().reason()).isEmpty();
        assertThat(second.backups().find(old.id())).isEmpty();
        assertThat(isWhole(unread.id())).isTrue();
    }

    @Test
    @DisplayName("H11 a backup that was made after the look began is known, and stops nothing")
    void madeMeanwhile() {
        Backup old = engine.backup();
        assertThat(rebuild().adopted()).containsExactly(old.id());
        second.backups().lift(old.id(), ACTOR);
        backupHere();
        engine.clock.advance(Duration.ofDays(8));
        boolean[] made = new boolean[1];
        HookedProvider busy = new HookedProvider(engine.provider, key -> {}).before("list");
        busy.looking(() -> {
            if (!made[0]) {
                made[0] = true;
                backupHere();
            }
        });
        SteppedDispatcher own = new SteppedDispatcher(engine.clock);
        try (ParixBackup sweeper = engine.engine(rebuilt, busy, own, 78).start()) {
            own.tick();
            assertThat(made).containsExactly(true);
            assertThat(sweeper.backups().find(old.id())).isEmpty();
        }
        assertThat(state().reason()).isEmpty();
    }

    @Test
    @DisplayName(
            "C11 C10 a rebuilt backup of which a segment is missing is damaged from the start, its neighbour is not")
    void missingSegment() {
        Backup torn = engine.backup();
        engine.store().lose(key("/segments/" + torn.id() + "/"));
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().advance(1)));
        Backup whole = engine.backup();

        assertThat(rebuild().adopted()).containsExactly(torn.id(), whole.id());

        assertThat(verification(torn.id()).passed()).isFalse();
        assertThat(verification(torn.id()).report().failures())
                .extracting(Check::code)
                .containsOnly(ErrorCode.OBJECT_MISSING.code());
        assertThat(verification(whole.id()).passed()).isTrue();
    }

    private Verification verification(BackupId backup) {
        return second.backups()
                .find(backup)
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification();
    }
}
