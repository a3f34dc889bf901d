package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker sleeps before it puts an object, and wakes when another has completed the backup and clean-up has removed it. */
class SleptPastRetentionTest {
    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);
    private final SteppedDispatcher second = engine.dispatcher;
    private boolean slept;
    private BackupId asked = new BackupId("none");

    @AfterEach
    void close() {
        engine.close();
    }

    /** Puts one object late. */
    private void sleepBefore(String suffix, Runnable happening) {
        HookedProvider sleepy = new HookedProvider(engine.provider, key -> {
                    if (!slept && key.endsWith(suffix)) {
                        slept = true;
                        happening.run();
                    }
                })
                .landing();
        try (ParixBackup worker =
                engine.engine(engine.catalog, sleepy, first, 99).start()) {
            asked = ((BackupAnswer.Accepted) engine.request()).backup().id();
            second.loseAll();
            first.tick();
            first.runUntilQuiet();
            assertThat(worker.backups().find(asked))
                    .isEqualTo(engine.parix.backups().find(asked));
        }
        assertThat(slept).isTrue();
    }

    private Backup anotherCompletes() {
        engine.clock.advance(Duration.ofHours(1));
        engine.carryOn(second);
        Backup done = engine.parix.backups().find(asked()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        return done;
    }

    /** The one backup that there is while the sleeper is inside its first call. */
    private BackupId asked() {
        List<Backup> all = engine.parix.backups().history(DATABASE, 10);
        return all.get(all.size() - 1).id();
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        second.tick();
        second.runUntilQuiet();
    }

    /** Another worker completes the backup; a younger one, which needs the same segments, lets it go at its age. */
    private void removedMeanwhile() {
        Backup done = anotherCompletes();
        later(Duration.ofDays(6));
        engine.backup();
        engine.clock.advanceTo(Objects.requireNonNull(done.endedAt()).plus(Duration.ofDays(7)));
        later(Duration.ZERO);
        assertThat(engine.catalog.find(done.id().value())).isEmpty();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(
                engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", ".idx", ".seg"})
    @DisplayName(
            "B3 B7 what a worker puts that slept until its backup had been removed is swept, and blocks no clean-up; what others need stays")
    void sweepsBehind(String suffix) {
        sleepBefore(suffix, this::removedMeanwhile);

        assertThat(engine.archived()).noneMatch(key -> key.contains("/backups/" + asked + "/"));
        assertThat(engine.unowned()).isEmpty();
        Backup young = engine.parix.backups().history(DATABASE, 1).get(0);
        assertThat(engine.parix
                        .backups()
                        .verify(young.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();

        later(Duration.ofDays(1));
        Backup youngest = engine.backup();
        later(Duration.ofDays(7));
        assertThat(state().reason()).isEmpty();
        assertThat(engine.parix.backups().history(DATABASE, 10))
                .extracting(Backup::id)
                .containsExactly(youngest.id());
    }

    @Test
    @DisplayName(
            "H11 C11 a backup that is there whole, and whose row a catalog has lost, stays for a rebuild when a sleeper wakes")
    void rowIsLost() {
        sleepBefore("manifest.json", () -> {
            Backup done = anotherCompletes();
            JobRecord row = engine.catalog.find(done.id().value()).orElseThrow();
            engine.catalog.remove(row, List.of());
        });

        long parts = engine.archived().stream()
                .filter(key -> key.contains("/backups/" + asked + "/"))
                .count();
        assertThat(parts).isEqualTo(1 + EngineFixture.profile().shape().nodeCount());
        assertThat(engine.archived()).anyMatch(key -> key.contains("/segments/" + asked + "/"));
    }
}
