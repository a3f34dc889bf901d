package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.DueQuery;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleanUpCrashTest {
    private static final Duration LEASE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "H3 H4 a clean-up that is killed at any effect is finished by the next worker, and what is kept is whole")
    void survives(MortalCatalog.End end) {
        int effects = MortalCatalog.effects(number -> killedAt(number, end));
        // Claim, row expiring, manifest, indexes, segments, row removed, next look.
        assertThat(effects).isEqualTo(7);
    }

    private boolean killedAt(int effect, MortalCatalog.End end) {
        try (EngineFixture engine = new EngineFixture()) {
            Backup old = engine.backup();
            // So that the younger one shares nothing with it, and segments of its own go.
            engine.store().lose(new ObjectKey("parix/db-1/backups/" + old.id() + "/manifest.json"));
            look(engine, Duration.ofDays(1));
            Backup young = engine.backup();
            assertThat(engine.catalog.unshared(old.id().value())).isNotEmpty();
            engine.clock.advance(Duration.ofDays(6));

            MortalWorker mortal = new MortalWorker(effect, end);
            SteppedDispatcher first = new SteppedDispatcher(engine.clock);
            ParixBackup worker = engine.engine(mortal.catalog(engine), mortal.provider(engine), first, effect)
                    .start();
            tickToTheEnd(first, mortal);
            look(engine, LEASE);
            look(engine, Duration.ofMinutes(11));

            requireClean(engine, old.id(), young, effect);
            worker.close();
            return mortal.dead();
        }
    }

    private static void tickToTheEnd(SteppedDispatcher dispatcher, MortalWorker mortal) {
        try {
            dispatcher.tick();
        } catch (IllegalStateException e) {
            assertThat(mortal.dead()).as("%s", e).isTrue();
        }
    }

    private static void look(EngineFixture engine, Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private static void requireClean(EngineFixture engine, BackupId old, Backup young, int effect) {
        assertThat(engine.catalog.find(old.value()))
                .as("killed at effect %d", effect)
                .isEmpty();
        assertThat(engine.archived()).as("killed at effect %d", effect).noneMatch(key -> key.contains("/" + old + "/"));
        assertThat(engine.unowned()).as("killed at effect %d", effect).isEmpty();
        assertThat(engine.parix
                        .backups()
                        .verify(young.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_EXPIRING, BackupEvent.Kind.BACKUP_REMOVED);
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "H4 H11 C12 wherever clean-up comes between the pin of a backup and the end of its export, what it shares is there")
    void sharesSafely(MortalCatalog.End moment) {
        int writes = MortalCatalog.effects(number -> cleanedUpAt(number, moment));
        assertThat(writes).isGreaterThan(5);
    }

    /** The base is past its age, and the host keeps no floor, when another worker cleans up beside one write of an export. */
    private boolean cleanedUpAt(int write, MortalCatalog.End moment) {
        EngineSettings settings = EngineSettings.defaults();
        try (EngineFixture engine = new EngineFixture(EngineSettings.builder()
                .retention(new RetentionLimits(
                        settings.retention().cleanUpEvery(),
                        settings.retention().cleanUpRetry(),
                        settings.retention().undoWindow(),
                        Floor.OFF,
                        settings.retention().clocksApart())))) {
            Backup base = engine.backup();
            engine.dispatcher.tick();
            engine.clock.advance(Duration.ofDays(7).minusSeconds(90));
            engine.request();
            engine.dispatcher.loseAll();
            HookedCatalog hooked = new HookedCatalog(engine.catalog, write, moment, () -> {
                engine.clock.advance(Duration.ofSeconds(30));
                cleanUp(engine);
            });
            SteppedDispatcher first = new SteppedDispatcher(engine.clock);
            ParixBackup worker =
                    engine.engine(hooked.view(), engine.provider, first, write).start();
            first.tick();
            first.runUntilQuiet();
            worker.close();
            look(engine, Duration.ofHours(7));

            assertThat(engine.catalog.find(base.id().value()))
                    .as("cleaned up at write %d", write)
                    .isEmpty();
            for (Backup backup : engine.parix.backups().history(DATABASE, 10)) {
                assertThat(backup.status())
                        .as("cleaned up at write %d: %s", write, backup)
                        .isEqualTo(JobStatus.COMPLETED);
                assertThat(engine.parix
                                .backups()
                                .verify(backup.id(), VerificationLevel.READ_BACK, ACTOR)
                                .passed())
                        .as("cleaned up at write %d", write)
                        .isTrue();
            }
            assertThat(engine.unowned()).isEmpty();
            return hooked.happened();
        }
    }

    /** Only what is due of the clean-up is looked at, for the backup is the other worker's. */
    private static void cleanUp(EngineFixture engine) {
        engine.dispatcher.tick();
        engine.dispatcher.loseAll();
        assertThat(engine.catalog.due(DueQuery.everywhere(10))).hasSizeLessThan(2);
    }
}
