package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.catalog.JobKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A rebuild into the catalog of an installation that cleans up at the same time. */
class RebuildBesideCleanUpTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    private void look() {
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private RebuildReport rebuild(Runnable beforeAdopting) {
        SteppedDispatcher own = new SteppedDispatcher(engine.clock);
        try (ParixBackup rebuilder = engine.engine(
                        engine.catalog(strike("adopt").with(before("meets a clean-up", beforeAdopting))),
                        engine.provider,
                        own,
                        5)
                .start()) {
            return rebuilder.rebuild().database(engine.location(), DATABASE);
        }
    }

    @Test
    @DisplayName("C11 H11 a backup that clean-up removes while a rebuild reads it stays gone, and clean-up goes on")
    void removedMeanwhile() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(6));
        Backup young = engine.backup();
        engine.clock.advance(Duration.ofDays(2));

        RebuildReport report = rebuild(this::look);

        assertThat(engine.catalog.find(old.id().value())).isEmpty();
        assertThat(report.adopted()).isEmpty();
        assertThat(report.known()).containsExactly(young.id());
        engine.backup();
        engine.clock.advance(Duration.ofDays(6));
        look();
        assertThat(engine.catalog.find(young.id().value())).isEmpty();
        assertThat(CleanUpRow.read(engine.catalog
                                .keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY)
                                .orElseThrow())
                        .reason())
                .isEmpty();
    }
}
