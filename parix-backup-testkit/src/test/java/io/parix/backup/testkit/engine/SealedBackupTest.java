package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.KeyPort;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** C13: what becomes of sealed backups, and of their keys, in the engine. */
class SealedBackupTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder().captureDeadline(Duration.ofHours(2)));
    private final EngineFixture engine = fixture.engine;
    private final InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
    private final ParixBackup second = engine.engine(empty, engine.provider, new SteppedDispatcher(engine.clock), 77)
            .start();
    private List<byte[]> saved = List.of();
    private String key = "";

    @BeforeEach
    void seal() {
        key = engine.keys.rotate();
        saved = engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }

    @AfterEach
    void close() {
        second.close();
        fixture.close();
    }

    private void ruin() {
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
    }

    private void comesBack(Backup backup) {
        ruin();
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
        engine.clock.advance(Duration.ofMinutes(1));
    }

    private void assertCompleted(Backup backup) {
        assertThat(backup.status()).as("%s", backup.failure()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C13 F4 a sealed backup restores byte for byte, and passes every look at it")
    void restores() throws IOException {
        Backup backup = engine.backup();
        assertCompleted(backup);
        for (ObjectKey object : engine.store().keys()) {
            boolean data = object.value().endsWith(".seg") || object.value().endsWith(".idx");
            try (InputStream in = engine.store().get(object, null, VolumeFixture.CALL)) {
                assertThat(new String(in.readNBytes(8), StandardCharsets.US_ASCII).equals("PARIXAES"))
                        .as(object.value())
                        .isEqualTo(data);
            }
        }
        assertThat(engine.parix.backups().verify(backup.id(), VerificationLevel.DATABASE_CHECKED, ACTOR))
                .satisfies(found -> assertThat(found.report().failures()).isEmpty());
        comesBack(backup);
        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName("C13 keys rotate without rewriting old backups, and what is shared across a rotation restores, too")
    void rotates() {
        Backup old = engine.backup();
        int objects = engine.archived().size();
        engine.keys.rotate();
        Backup young = engine.backup();
        assertThat(engine.archived()).as("three indexes and a manifest more").hasSize(objects + 4);
        comesBack(old);
        comesBack(young);
    }

    @Test
    @DisplayName("C13 a host that stops sealing, and one that begins, has both kinds of backups, and restores both")
    void stops() {
        Backup sealed = engine.backup();
        engine.keys.stop();
        Backup clear = engine.backup();
        assertStoredAnew(sealed, clear, false);
        Backup unchanged = engine.backup();
        assertUnwarned(unchanged);
        engine.keys.rotate();
        Backup again = engine.backup();
        assertStoredAnew(unchanged, again, true);
        assertUnwarned(engine.backup());
        assertUnwarned(sealed);
        comesBack(sealed);
        comesBack(clear);
        comesBack(again);
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.BACKUP_DAMAGED);
    }

    /** All of it is its own, sealed or not, and its record and its manifest warn of it. */
    private void assertStoredAnew(Backup before, Backup now, boolean sealed) {
        assertCompleted(now);
        BackupContents contents = now.completed().orElseThrow();
        assertThat(contents.added()).isEqualTo(contents.stored());
        assertThat(contents.warnings().checks())
                .filteredOn(check -> check.code().equals("base-sealing"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(Check.Outcome.WARN);
                    assertThat(check.expected()).isEqualTo(sealed ? "sealed" : "in the clear");
                    assertThat(check.sentence()).contains(before.id().value());
                });
        assertThat(manifest(now).warnings()).containsAll(contents.warnings().checks());
        assertThat(manifest(now).isSealed()).isEqualTo(sealed);
    }

    private void assertUnwarned(Backup backup) {
        assertCompleted(backup);
        assertThat(codes(backup.completed().orElseThrow().warnings().checks())).doesNotContain("base-sealing");
    }

    private Manifest manifest(Backup backup) {
        ArchiveKeys keys = new ArchiveKeys(new KeyPrefix("parix"), DATABASE);
        ArchivePlace place = new ArchivePlace(engine.store(), keys, KeyPort.none());
        return new ManifestStore(place, VolumeFixture.CALL).read(backup.id()).manifest();
    }

    @Test
    @DisplayName(
            "C13 E2 H7 a lost key is named: its backups are offered no more, and an older one under another key stays for them")
    void lost() {
        Backup old = engine.backup();
        fixture.elapse(Duration.ofDays(6));
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.9)));
        String lost = engine.keys.rotate();
        Backup young = engine.backup();
        engine.keys.lose(lost);

        RestoreAnswer answer = engine.requestRestore(young);

        assertThat(answer).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(((RestoreAnswer.Refused) answer).report().failures())
                .anySatisfy(check -> assertThat(check.toString()).contains(lost));
        assertThat(fixture.row(young).restorable()).isFalse();
        assertThat(fixture.row(old).restorable()).isTrue();
        assertThat(fixture.against(young)).contains("key-lost").doesNotContain("artifacts-damaged");
        assertThat(codes(fixture.protection().report().failures())).contains("newest-damaged");
        fixture.elapse(Duration.ofDays(3));
        assertThat(kept()).as("older than a week, and the last one").contains(old.id());
        fixture.elapse(Duration.ofDays(7));
        assertThat(kept()).containsExactly(old.id());
        comesBack(old);
    }

    @Test
    @DisplayName(
            "C13 F4 a key that is lost after the look at the start fails the restore by its code, and the live files are untouched")
    void lostMeanwhile() {
        Backup backup = engine.backup();
        RestoreAnswer asked = engine.requestRestore(backup);
        Restore restore = ((RestoreAnswer.Accepted) asked).restore();
        engine.keys.lose(key);
        engine.dispatcher.runUntilQuiet();
        Restore ended = engine.parix.restores().find(restore.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(String.valueOf(ended.failure())).contains(key);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
    }

    @Test
    @DisplayName("C13 C12 a backup whose base needs a lost key stores everything anew, and the base counts as damaged")
    void baseWithLostKey() {
        Backup base = engine.backup();
        engine.keys.rotate();
        engine.keys.lose(key);
        Backup next = engine.backup();
        assertCompleted(next);
        assertThat(next.completed().orElseThrow().added().bytes())
                .isGreaterThan(base.completed().orElseThrow().added().bytes() * 9 / 10);
        assertThat(fixture.row(base).restorable()).isFalse();
        comesBack(next);
    }

    @Test
    @DisplayName(
            "C13 C12 a base whose key cannot be had is shared with by none, is not damaged, and is had again with its key")
    void baseWithDisabledKey() {
        Backup base = engine.backup();
        engine.keys.rotate();
        engine.keys.disable(key);
        Backup next = engine.backup();
        assertCompleted(next);
        assertThat(next.completed().orElseThrow().added().bytes())
                .as("all is stored anew")
                .isGreaterThan(base.completed().orElseThrow().added().bytes() * 9 / 10);
        assertThat(fixture.row(base).restorable()).isTrue();
        assertThat(engine.kinds()).doesNotContain(BackupEvent.Kind.BACKUP_DAMAGED);
        comesBack(next);
        assertThat(codes(next.completed().orElseThrow().warnings().checks())).contains("base-key-unavailable");
        engine.keys.enable(key);
        comesBack(base);
    }

    @Test
    @DisplayName("C13 B4 a backup waits for keys that cannot be had, says so, and goes on once they can")
    void waits() {
        engine.keys.fail("the token xyzzy has expired");
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.runDue();
        Backup waiting = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(waiting.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(waiting.toString()).contains("key port").doesNotContain("xyzzy");
        engine.keys.recover();
        engine.dispatcher.runUntilQuiet();
        assertCompleted(engine.parix.backups().find(asked.id()).orElseThrow());
    }

    @Test
    @DisplayName(
            "C13 B4 A6 a backup whose keys cannot be had waits until its capture's deadline, says so, and leaves nothing")
    void givesUp() {
        engine.keys.fail("the token xyzzy has expired");
        Backup failed = engine.backup();
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        Failure failure = failed.failed().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failure.message()).contains("capturing", "key port").doesNotContain("xyzzy");
        assertThat(failed.toString()).doesNotContain("xyzzy");
        Duration most = engine.settings.phases().captureDeadline();
        assertThat(Duration.between(failed.requestedAt(), failure.at()))
                .isBetween(most, most.plus(Duration.ofMinutes(1)));
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("C13 F4 a restore whose keys cannot be had any more waits, goes on once they can, and fails nothing")
    void restoreWaits() {
        Backup backup = engine.backup();
        ruin();
        engine.faults.add(
                strike("RestoreHost.stage", nth(1)).with(before("disables the key", () -> engine.keys.disable(key))));
        Restore restore = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        for (int i = 0; i < 20; i++) {
            engine.dispatcher.runDue();
            engine.clock.advance(Duration.ofMinutes(10));
        }
        Restore waiting = engine.parix.restores().find(restore.id()).orElseThrow();
        assertThat(waiting.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(waiting.toString()).contains("staging", "key port");
        engine.keys.enable(key);
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.parix.restores().find(restore.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
    }

    @Test
    @DisplayName("C13 E2 keys that cannot be had when a restore is asked for are no damage")
    void noDamage() {
        Backup backup = engine.backup();
        engine.keys.fail("out of reach");
        FailedException e = catchThrowableOfType(FailedException.class, () -> engine.requestRestore(backup));
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        engine.keys.recover();
        assertThat(fixture.row(backup).restorable()).isTrue();
        comesBack(backup);
    }

    @Test
    @DisplayName("C11 C13 a catalog is rebuilt from sealed backups where the keys are there")
    void rebuilds() {
        Backup backup = engine.backup();
        assertThat(rebuilt().adopted()).containsExactly(backup.id());
    }

    @Test
    @DisplayName(
            "C11 C13 a rebuild names what needs a lost key, sweeps nothing of it, and waits for keys that are out of reach")
    void rebuildsWithoutKey() {
        engine.backup();
        engine.keys.fail("out of reach");
        assertThat(catchThrowableOfType(FailedException.class, this::rebuilt).code())
                .isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        engine.keys.recover();
        engine.keys.lose(key);
        List<String> before = engine.archived();
        RebuildReport report = rebuilt();
        assertThat(report.adopted()).isEmpty();
        assertThat(report.unreadable()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(ErrorCode.KEY_LOST);
            assertThat(found.toString()).contains(key);
        });
        assertThat(engine.archived()).isEqualTo(before);
    }

    private List<BackupId> kept() {
        return engine.parix.backups().history(DATABASE, 10).stream()
                .map(Backup::id)
                .toList();
    }

    private RebuildReport rebuilt() {
        second.rebuild().adopt(engine.location());
        return second.rebuild().database(engine.location(), DATABASE);
    }
}
