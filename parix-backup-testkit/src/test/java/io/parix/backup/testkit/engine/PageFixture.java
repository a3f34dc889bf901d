package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.Page;
import io.parix.backup.PageRequest;
import io.parix.backup.PageRow;
import io.parix.backup.Protection;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.settings.EngineSettingsBuilder;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** An engine and what its page says. */
final class PageFixture implements AutoCloseable {
    static final String REGION = "eu-central-1";

    final EngineFixture engine;

    PageFixture(EngineSettingsBuilder settings) {
        engine = new EngineFixture(settings.spread(Duration.ZERO));
    }

    static PageRequest request() {
        return PageRequest.of(DATABASE, ACTOR);
    }

    Page page() {
        return page(request());
    }

    Page page(PageRequest request) {
        return engine.parix.backupsPage().page(request);
    }

    Protection protection() {
        return engine.parix.backupsPage().protection(DATABASE);
    }

    PageRow row(Backup backup) {
        return page().rows().stream()
                .filter(row -> row.backup().id().equals(backup.id()))
                .findFirst()
                .orElseThrow();
    }

    /** The codes of what speaks against a restore of a backup. */
    List<String> against(Backup backup) {
        return codes(row(backup).restore().failures());
    }

    static List<String> codes(List<Check> checks) {
        return checks.stream().map(Check::code).toList();
    }

    static List<BackupId> ids(Page page) {
        return page.rows().stream().map(row -> row.backup().id()).toList();
    }

    /** Puts a copy of a completed backup into the catalog, asked for at an instant. */
    BackupId copy(Backup backup, String id, Instant requestedAt) {
        return copy(backup, id, requestedAt, made(backup).verification());
    }

    /** Puts as many copies that were found damaged into the catalog, asked for at an instant. */
    void damagedCopies(Backup backup, int count, Instant requestedAt) {
        Check missing = new Check("C4", "object-missing", Check.Outcome.FAIL, "there", "missing", "It is not there.");
        Verification damaged = new Verification(VerificationLevel.READ_BACK, requestedAt, new Report(List.of(missing)));
        IntStream.range(0, count).forEach(i -> copy(backup, "damaged-" + i, requestedAt, damaged));
    }

    private BackupJob.Completed made(Backup backup) {
        return (BackupJob.Completed)
                BackupRow.read(engine.catalog.find(backup.id().value()).orElseThrow());
    }

    private BackupId copy(Backup backup, String id, Instant requestedAt, Verification verification) {
        BackupJob.Completed made = made(backup);
        BackupHeader header = made.header();
        BackupJob.Completed copy = new BackupJob.Completed(
                new BackupHeader(
                        new BackupId(id),
                        header.database(),
                        header.actor(),
                        header.trigger(),
                        requestedAt,
                        header.location(),
                        null),
                made.run(),
                made.captured(),
                made.contents(),
                made.completedAt(),
                verification,
                made.standing());
        adopt(copy);
        return new BackupId(id);
    }

    private void adopt(BackupJob.Completed copy) {
        Set<String> unused =
                engine.catalog.adopt(List.of(new AdoptedJob(BackupRow.adopted(copy, REGION), Map.of("a.seg", 1L))));
    }

    void remove(BackupId backup) {
        JobRecord row = engine.catalog.find(backup.value()).orElseThrow();
        engine.catalog.remove(row, List.of());
    }

    void elapse(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    @Override
    public void close() {
        engine.close();
    }
}
