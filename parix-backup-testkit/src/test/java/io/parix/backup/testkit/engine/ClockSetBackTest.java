package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.EngineFixture.NAME;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The catalog's clock is set back while a job runs: the job ends, and does not wait until the clock has caught up. */
class ClockSetBackTest {
    private final EngineFixture engine = new EngineFixture();
    private Duration back = Duration.ZERO;
    private final InMemoryCatalog catalog =
            new InMemoryCatalog(() -> engine.clock.instant().minus(back));
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private final ParixBackup parix =
            engine.engine(catalog, engine.provider, dispatcher, 9).start();

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private void setBackBefore(String call) {
        engine.faults.add(strike(call, nth(1)).with(before("sets the clock back", () -> back = Duration.ofHours(1))));
    }

    private Backup backup() {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        dispatcher.runUntilQuiet();
        return parix.backups()
                .find(((BackupAnswer.Accepted) answer).backup().id())
                .orElseThrow();
    }

    @Test
    @DisplayName("B4 B1 a backup during which the catalog's clock is set back completes at once, not before it began")
    void backupCompletes() {
        Instant began = engine.clock.instant();
        setBackBefore("ReplicaImages.release");

        Backup backup = backup();

        assertThat(back).isPositive();
        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(backup.startedAt()).isEqualTo(began);
        assertThat(backup.endedAt()).isEqualTo(began);
        assertThat(engine.clock.instant()).isEqualTo(began);
        assertThat(catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("B4 F5 so does a restore")
    void restoreCompletes() {
        Backup backup = backup();
        Instant began = engine.clock.instant();
        setBackBefore("RestoreHost.open");

        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(backup.id(), NAME, ACTOR));
        dispatcher.runUntilQuiet();

        Restore restore = parix.restores()
                .find(((RestoreAnswer.Accepted) answer).restore().id())
                .orElseThrow();
        assertThat(back).isPositive();
        assertThat(restore.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(restore.endedAt()).isEqualTo(began);
        assertThat(engine.clock.instant()).isEqualTo(began);
        assertThat(catalog.occupant(DATABASE)).isEmpty();
    }
}
