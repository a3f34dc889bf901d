package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.Check;
import io.parix.backup.DrillRecord;
import io.parix.backup.PageRow;
import io.parix.backup.Protection;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What drills found out, as it is shown. */
class DrillRecordTest {
    private static final Duration TOOK = Duration.ofMinutes(12);
    private static final Report WHOLE = Report.empty();
    private static final Report DAMAGED = new Report(List.of(new Check(
            "C4", "object-corrupt", Check.Outcome.FAIL, "segments/1", "another checksum", "Segment 1 is corrupt.")));

    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;
    private final Findings findings = new Findings(engine.catalog, new ConflictRetry(3));

    @AfterEach
    void close() {
        fixture.close();
    }

    private DrillRecord drilled(Backup backup, VerificationLevel level, Report report) {
        return drilled(backup, level, report, () -> {});
    }

    private DrillRecord drilled(Backup backup, VerificationLevel level, Report report, Runnable meanwhile) {
        Instant began = engine.clock.instant();
        Verification before = recorded(backup);
        meanwhile.run();
        engine.clock.advance(TOOK);
        DrillRecord drill = new DrillRecord(level, began, TOOK, report);
        findings.drilled(backup.id(), drill, before);
        return drill;
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
    @DisplayName(
            "F9 C10 J2 a drill that passed is on the row with its level, time and duration, and in the statement of protection")
    void passed() {
        Backup backup = engine.backup();
        assertThat(fixture.row(backup).lastDrill()).isEmpty();
        assertThat(newest().lastDrill()).isEmpty();

        DrillRecord drill = drilled(backup, VerificationLevel.DRILLED, WHOLE);

        PageRow.Drill shown = fixture.row(backup).lastDrill().orElseThrow();
        assertThat(shown.record()).isEqualTo(drill);
        assertThat(shown.at().at()).isEqualTo(engine.clock.instant());
        assertThat(shown.at().words()).isEqualTo("now");
        assertThat(newest().level()).isEqualTo(VerificationLevel.DRILLED);
        assertThat(newest().lastDrill()).contains(drill);
        assertThat(fixture.row(backup).restorable()).isTrue();
    }

    @Test
    @DisplayName("F9 H7 J2 a drill that found damage takes the offer away, is told, and stays on record")
    void foundDamage() {
        Backup backup = engine.backup();

        DrillRecord drill = drilled(backup, VerificationLevel.DRILLED, DAMAGED);
        engine.dispatcher.tick();

        assertThat(fixture.row(backup).lastDrill().orElseThrow().record()).isEqualTo(drill);
        assertThat(fixture.row(backup).restorable()).isFalse();
        assertThat(fixture.protection().newestRestorable()).isEmpty();
        assertThat(PageFixture.codes(fixture.protection().report().failures())).contains("newest-damaged");
        assertThat(engine.events).extracting(BackupEvent::kind).contains(BackupEvent.Kind.BACKUP_DAMAGED);
    }

    @Test
    @DisplayName("F9 C10 a drill that looked less far is on record, and the stronger finding stays")
    void weaker() {
        Backup backup = engine.backup();
        drilled(backup, VerificationLevel.DRILLED, WHOLE);

        DrillRecord second = drilled(backup, VerificationLevel.READ_BACK, WHOLE);

        assertThat(newest().level()).isEqualTo(VerificationLevel.DRILLED);
        assertThat(newest().lastDrill()).contains(second);
    }

    @Test
    @DisplayName(
            "F9 C12 a drill that passed clears no damage that was found while it ran, and is on record; a later one does")
    void overtaken() {
        Backup backup = engine.backup();

        DrillRecord drill =
                drilled(backup, VerificationLevel.DRILLED, WHOLE, () -> findings.flag(backup.id(), DAMAGED));

        assertThat(recorded(backup).report()).isEqualTo(DAMAGED);
        assertThat(fixture.row(backup).lastDrill().orElseThrow().record()).isEqualTo(drill);
        assertThat(fixture.row(backup).restorable()).isFalse();
        drilled(backup, VerificationLevel.DRILLED, WHOLE);
        assertThat(recorded(backup).passed()).isTrue();
    }

    @Test
    @DisplayName("F9 B4 a drill that is recorded twice is recorded once")
    void twice() {
        Backup backup = engine.backup();
        DrillRecord drill = drilled(backup, VerificationLevel.DRILLED, WHOLE);
        Backup before = engine.parix.backups().find(backup.id()).orElseThrow();

        findings.drilled(backup.id(), drill, recorded(backup));

        assertThat(engine.parix.backups().find(backup.id())).contains(before);
    }

    private Protection.Newest newest() {
        return fixture.protection().newestRestorable().orElseThrow();
    }
}
