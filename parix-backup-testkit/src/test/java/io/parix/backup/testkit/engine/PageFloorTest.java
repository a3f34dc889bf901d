package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.PageRow;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ObjectKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The last restorable backup, with many newer ones that are not restorable. */
class PageFloorTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;
    private final Backup old = engine.backup();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void damaged(int newer) {
        engine.clock.advance(Duration.ofDays(8));
        fixture.damagedCopies(old, newer, engine.clock.instant());
    }

    @Test
    @DisplayName("J2 the newest restorable backup is found behind more damaged ones than are read at first")
    void protection() {
        damaged(50);

        assertThat(fixture.protection()
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .id())
                .isEqualTo(old.id());
    }

    @Test
    @DisplayName(
            "J2 H7 behind more damaged ones than are read at all, neither protection nor the last one is claimed or denied")
    void notKnown() {
        damaged(1_000);

        assertThat(fixture.protection().newestRestorable()).isEmpty();
        assertThat(PageFixture.codes(fixture.protection().report().failures()))
                .contains("backup-not-known")
                .doesNotContain("no-backup");
        PageRow row = fixture.page(
                        PageFixture.request().within(null, old.requestedAt().plusNanos(1_000)))
                .rows()
                .get(0);
        assertThat(row.backup().id()).isEqualTo(old.id());
        assertThat(row.expires()).isEmpty();
    }

    @Test
    @DisplayName("J2 where the history ends with as many damaged ones as are read, there is no backup")
    void noneAtAll() {
        damaged(998);
        engine.store().lose(new ObjectKey("parix/db-1/backups/" + old.id() + "/manifest.json"));
        var unused = engine.parix.backups().verify(old.id(), VerificationLevel.WRITTEN, EngineFixture.ACTOR);

        assertThat(PageFixture.codes(fixture.protection().report().failures())).contains("no-backup");
    }

    @Test
    @DisplayName("H7 D2 J2 a page that shows an older backup does not take it for the last restorable one")
    void newerOneBehind() {
        engine.clock.advance(Duration.ofDays(1));
        Backup newer = engine.backup();
        damaged(60);

        PageRow row = fixture.page(PageFixture.request().within(null, newer.requestedAt()))
                .rows()
                .get(0);

        assertThat(row.backup().id()).isEqualTo(old.id());
        assertThat(row.expires().orElseThrow().decision().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(fixture.protection()
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .id())
                .isEqualTo(newer.id());
    }
}
