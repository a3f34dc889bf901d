package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.Check;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.JobKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No job that was queued before a restore runs after it, for the two cannot stand beside each other. */
class QueuedBeforeRestoreTest {
    private final EngineFixture engine = new EngineFixture();
    private final Backup backup = engine.backup();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("F8 E13 A3 while a backup is queued no restore is accepted, so none is queued before one that runs")
    void queuedBackupKeepsTheRestoreOut() {
        Backup queued = ask();

        RestoreAnswer refused = engine.requestRestore(backup);

        assertThat(((RestoreAnswer.Refused) refused).report().failures())
                .extracting(Check::code)
                .containsExactly("workflow-active");
        engine.dispatcher.runUntilQuiet();
        assertThat(find(queued).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.requestRestore(backup)).isInstanceOf(RestoreAnswer.Accepted.class);
    }

    @Test
    @DisplayName(
            "F8 B5 a backup that was cancelled to make way for a restore does not run after it, though its wake-up comes")
    void cancelledBackupStaysDown() {
        Backup cancelled = ask();
        engine.parix.backups().cancel(cancelled.id(), ACTOR);

        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();

        assertThat(find(cancelled).status()).isEqualTo(JobStatus.FAILED);
        assertThat(engine.asked()).noneMatch(entry -> entry.equals("capture " + cancelled.id() + "-1"));
    }

    @Test
    @DisplayName("F8 after a restore nothing that was asked for before it is left queued or running")
    void nothingIsLeft() {
        engine.restore(backup);

        List<Backup> history = engine.parix.backups().history(DATABASE, 10);
        assertThat(history).extracting(Backup::status).containsOnly(JobStatus.COMPLETED);
        assertThat(engine.catalog.due(new DueQuery(Set.of(), Set.of(JobKind.BACKUP, JobKind.RESTORE), 10)))
                .isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    private Backup ask() {
        return ((BackupAnswer.Accepted) engine.request()).backup();
    }

    private Backup find(Backup asked) {
        return engine.parix.backups().find(asked.id()).orElseThrow();
    }
}
