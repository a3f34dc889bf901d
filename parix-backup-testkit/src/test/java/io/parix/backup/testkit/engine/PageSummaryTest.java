package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.PageRequest;
import io.parix.backup.StorageSummary;
import io.parix.backup.StorageSummary.LeftOut;
import io.parix.backup.StorageSummary.Why;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a selection takes in storage, and what a page costs. */
class PageSummaryTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    private StorageSummary summary(BackupId... backups) {
        return fixture.page(request().selecting(Set.of(backups))).summary();
    }

    private static BackupContents contents(Backup backup) {
        return backup.completed().orElseThrow();
    }

    @Test
    @DisplayName("D4 a selection counts shared segments once, and removing it frees what no other backup needs")
    void sharedSegments() {
        Backup first = engine.backup();
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().nextCheckpoint(0.2)));
        Backup second = engine.backup();
        assertThat(contents(second).added()).isLessThan(contents(second).stored());

        StorageSummary both = summary(first.id(), second.id());
        StorageSummary one = summary(first.id());
        StorageSummary other = summary(second.id());

        assertThat(both.count()).isEqualTo(2);
        assertThat(both.logical().bytes())
                .isEqualTo(contents(first).logical().bytes()
                        + contents(second).logical().bytes());
        assertThat(both.stored().bytes())
                .isLessThan(one.stored().bytes() + other.stored().bytes());
        assertThat(both.stored())
                .isEqualByComparingTo(new ByteSize(engine.catalog
                        .segmentBytes(
                                DATABASE, Set.of(first.id().value(), second.id().value()))
                        .held()));
        assertThat(both.freed()).isEqualTo(both.stored());
        assertThat(one.freed()).isLessThan(one.stored());
        assertThat(both.first()).contains(ended(first));
        assertThat(both.last()).contains(ended(second));
        assertThat(one.first()).isEqualTo(one.last());
        assertThat(both.leftOut()).isEmpty();
    }

    @Test
    @DisplayName("D4 unknown backups, those of another database and those that did not complete are named, not counted")
    void leftOut() {
        Backup mine = engine.backup();
        DatabaseId neighbour = new DatabaseId("db-2");
        engine.host.put(
                Profiles.named(EngineFixture.profile(), neighbour), EngineFixture.files(EngineFixture.cluster()));
        BackupId theirs = accepted(engine.parix.backups().request(BackupRequest.of(neighbour, ACTOR)));
        engine.dispatcher.runUntilQuiet();
        BackupId queued = accepted(engine.request());
        BackupId nobody = new BackupId("zz-nobody");

        StorageSummary summary = summary(mine.id(), theirs, queued, nobody);

        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary).usingRecursiveComparison().ignoringFields("leftOut").isEqualTo(summary(mine.id()));
        assertThat(summary.leftOut())
                .containsExactlyInAnyOrder(
                        new LeftOut(theirs, Why.NOT_FOUND),
                        new LeftOut(queued, Why.NOT_COMPLETED),
                        new LeftOut(nobody, Why.NOT_FOUND));
        assertThat(fixture.page(PageRequest.of(neighbour, ACTOR).selecting(Set.of(theirs)))
                        .summary()
                        .count())
                .isEqualTo(1);
        assertThat(summary(queued).first()).isEmpty();
        assertThat(summary()).isEqualTo(StorageSummary.EMPTY);
    }

    @Test
    @DisplayName(
            "D2 a page of 200 rows, and a selection of all of them, costs as many catalog calls as one of a single row")
    void cost() {
        CountedCatalog counting = new CountedCatalog(engine);
        try (ParixBackup parix = engine.engine(counting.view(), engine.provider, new SteppedDispatcher(engine.clock), 9)
                .start()) {
            Backup real = engine.backup();
            List<String> ofOne = calls(counting, parix, Set.of(real.id()));
            Set<BackupId> all = new HashSet<>(Set.of(real.id()));
            Instant at = real.requestedAt();
            for (int i = 1; i < 200; i++) {
                all.add(fixture.copy(real, "c" + i, at.plusSeconds(i)));
            }

            List<String> ofMany = calls(counting, parix, all);

            assertThat(ofMany).isEqualTo(ofOne);
            assertThat(ofOne)
                    .containsExactlyInAnyOrder(
                            "history",
                            "history",
                            "occupant",
                            "setting",
                            "now",
                            "keyed",
                            "keyed",
                            "schedule",
                            "find",
                            "segmentBytes");
            var unused = parix.backupsPage().protection(DATABASE);
            assertThat(counting.calls())
                    .containsExactlyInAnyOrder("history", "occupant", "setting", "now", "keyed", "keyed", "schedule");
        }
    }

    private List<String> calls(CountedCatalog counting, ParixBackup parix, Set<BackupId> all) {
        List<String> before = counting.calls();
        assertThat(parix.backupsPage().page(request().rows(200).selecting(all)).rows())
                .hasSameSizeAs(all);
        assertThat(before).doesNotContain("write");
        return counting.calls();
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }

    private static BackupId accepted(BackupAnswer answer) {
        return ((BackupAnswer.Accepted) answer).backup().id();
    }
}
