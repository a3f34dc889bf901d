package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.OrganizationId;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** News that come while a look is under way: what has been read is old by then, and a look may take hours. */
class CleanUpNewsTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final RetentionPeriod MONTH = RetentionPeriod.days(30);

    private final EngineFixture engine = new EngineFixture(EngineSettings.builder());
    private Runnable news = () -> {};

    @AfterEach
    void close() {
        engine.close();
    }

    /** It happens once. */
    private void happen() {
        Runnable now = news;
        news = () -> {};
        now.run();
    }

    /** Another worker looks, and what is told happens when it has read its setting and its rows. */
    private void lookWith(Runnable happening) {
        news = happening;
        lookThrough(engine.provider, true);
    }

    /** The same, when it begins to read the manifests of what stays. */
    private void lookReading(Runnable happening) {
        news = happening;
        HookedProvider reading = new HookedProvider(engine.provider, key -> {}).before("get");
        reading.looking(this::happen);
        lookThrough(reading, false);
    }

    private void lookThrough(BackupProvider provider, boolean atDirectory) {
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker = engine.builder(engine.catalog, provider, dispatcher, 9)
                .directory(id -> {
                    if (atDirectory) {
                        DatabaseFacts seen = engine.host.look(id);
                        happen();
                        return seen;
                    }
                    return engine.host.look(id);
                })
                .build()
                .start()) {
            dispatcher.tick();
            assertThat(worker.backups().history(DATABASE, 10)).isNotNull();
        }
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private void pastTheAgeOf(Backup backup) {
        engine.clock.advanceTo(Objects.requireNonNull(backup.endedAt()).plus(WEEK));
    }

    private String step(Backup backup) {
        return engine.catalog.find(backup.id().value()).map(row -> row.step()).orElse("gone");
    }

    private List<Backup> oldAndYoung() {
        Backup old = engine.backup();
        later(Duration.ofDays(1));
        Backup young = engine.backup();
        pastTheAgeOf(old);
        return List.of(old, young);
    }

    private void lengthen() {
        var unused = engine.parix.retention().change(OrganizationId.EVERYBODY, MONTH, ACTOR);
    }

    @Test
    @DisplayName(
            "H1 a longer period holds for a look that is under way: nothing more expires, and a month later it does")
    void lengthenedMeanwhile() {
        Backup old = oldAndYoung().get(0);

        lookWith(this::lengthen);

        assertThat(step(old)).isEqualTo("completed");
        later(Duration.ofHours(7));
        assertThat(step(old)).isEqualTo("completed");
        later(Duration.ofDays(23));
        assertThat(step(old)).isEqualTo("gone");
    }

    @Test
    @DisplayName("H1 the same where it is lengthened while the manifests of what stays are read")
    void lengthenedWhileReading() {
        Backup old = oldAndYoung().get(0);

        lookReading(this::lengthen);

        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H3 without news the same look removes it")
    void withoutNews() {
        Backup old = oldAndYoung().get(0);

        lookReading(() -> {});

        assertThat(step(old)).isEqualTo("gone");
    }

    @Test
    @DisplayName("H2 H7 a database that is deleted no more keeps its last backup, in a look that is under way, too")
    void existsAgain() {
        Backup last = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        pastTheAgeOf(last);

        lookWith(() -> engine.host.put(EngineFixture.profile(), EngineFixture.files(EngineFixture.cluster())));

        assertThat(step(last)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H2 and one that stays deleted loses it in that look")
    void staysDeleted() {
        Backup last = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        pastTheAgeOf(last);

        lookWith(() -> {});

        assertThat(step(last)).isEqualTo("gone");
    }

    @Test
    @DisplayName("F6 H4 a restore that is accepted under a longer period finds its backup, however long clean-up looks")
    void restoredMeanwhile() {
        Backup old = oldAndYoung().get(0);

        lookWith(() -> {
            lengthen();
            assertThat(engine.requestRestore(old)).isInstanceOf(RestoreAnswer.Accepted.class);
        });

        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H6 a hold that is put on while clean-up looks keeps the backup")
    void heldMeanwhile() {
        Backup old = oldAndYoung().get(0);

        lookWith(() -> engine.parix.backups().hold(old.id(), ACTOR));

        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H7 a newest backup that is found damaged while the manifests are read keeps the older one")
    void damagedWhileReading() {
        List<Backup> both = oldAndYoung();
        Backup young = both.get(1);

        lookReading(() -> {
            engine.archived().stream()
                    .filter(key -> key.contains("/backups/" + young.id() + "/") && key.endsWith(".idx"))
                    .forEach(key -> engine.store().lose(new ObjectKey(key)));
            engine.parix.backups().verify(young.id(), VerificationLevel.WRITTEN, ACTOR);
        });

        assertThat(step(both.get(0))).isEqualTo("completed");
    }

    @Test
    @DisplayName(
            "H7 of backups that are all damaged the newest stays past its age, is not called restorable, and goes after one that is sound")
    void lastComplete() {
        List<Backup> both = oldAndYoung();
        for (Backup backup : both) {
            engine.archived().stream()
                    .filter(key -> key.contains("/segments/" + backup.id() + "/"))
                    .forEach(key -> engine.store().lose(new ObjectKey(key)));
            engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);
        }

        pastTheAgeOf(both.get(1));
        later(Duration.ofDays(1));
        later(Duration.ofDays(1));

        assertThat(step(both.get(0))).isEqualTo("gone");
        assertThat(step(both.get(1))).isEqualTo("completed");
        JobRecord row =
                engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow();
        assertThat(CleanUpRow.read(row).lastKept()).isEmpty();

        engine.backup();
        later(Duration.ofDays(1));

        assertThat(step(both.get(1))).isEqualTo("gone");
    }

    @Test
    @DisplayName(
            "H7 C3 of backups that are all damaged a newest whose manifest is lost goes at its age, and others with it")
    void lostManifest() {
        Backup oldest = engine.backup();
        List<Backup> both = oldAndYoung();
        Backup young = both.get(1);
        loseIndexes(oldest);
        loseIndexes(both.get(0));
        engine.store().lose(manifest(young));
        later(Duration.ofHours(1));
        assertThat(step(oldest)).as("clean-up stops at what is kept").isEqualTo("completed");

        pastTheAgeOf(young);
        later(Duration.ofDays(1));
        later(Duration.ofDays(1));

        assertThat(step(young)).isEqualTo("gone");
        assertThat(step(oldest)).isEqualTo("gone");
        assertThat(step(both.get(0))).as("the last one that has its manifest").isEqualTo("completed");
        assertThat(engine.archived()).noneMatch(key -> key.contains("/" + young.id() + "/"));
    }

    @Test
    @DisplayName("H7 a newest whose manifest was overwritten stays past its age, until somebody asks for its deletion")
    void wrongManifest() {
        List<Backup> both = oldAndYoung();
        Backup young = both.get(1);
        loseIndexes(both.get(0));
        engine.store().damage(manifest(young), bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        engine.parix.backups().verify(young.id(), VerificationLevel.WRITTEN, ACTOR);
        pastTheAgeOf(young);
        later(Duration.ofDays(1));
        later(Duration.ofDays(1));
        assertThat(both).allMatch(backup -> step(backup).equals("completed"));

        engine.parix.backups().delete(young.id(), ACTOR);
        later(Duration.ofDays(1));
        later(Duration.ofDays(1));

        assertThat(step(young)).isEqualTo("gone");
        assertThat(step(both.get(0))).isEqualTo("completed");
    }

    private void loseIndexes(Backup backup) {
        engine.archived().stream()
                .filter(key -> key.contains("/backups/" + backup.id() + "/") && key.endsWith(".idx"))
                .forEach(key -> engine.store().lose(new ObjectKey(key)));
        engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);
    }

    private static ObjectKey manifest(Backup backup) {
        return new ObjectKey("parix/db-1/backups/" + backup.id() + "/manifest.json");
    }

    @Test
    @DisplayName("H11 after a longer period the look begins anew, so that the manifests of all that stay then are read")
    void beginsAnew() {
        EngineSettings defaults = EngineSettings.defaults();
        RetentionLimits limits = defaults.retention();
        try (EngineFixture floorless = new EngineFixture(EngineSettings.builder()
                .retention(new RetentionLimits(
                        limits.cleanUpEvery(),
                        limits.cleanUpRetry(),
                        limits.undoWindow(),
                        Floor.OFF,
                        limits.clocksApart())))) {
            Backup oldest = floorless.backup();
            floorless.clock.advance(Duration.ofDays(10));
            Backup middle = floorless.backup();
            floorless.store().lose(new ObjectKey("parix/db-1/backups/" + middle.id() + "/manifest.json"));
            floorless.clock.advance(Duration.ofDays(7));
            SteppedDispatcher dispatcher = new SteppedDispatcher(floorless.clock);
            news = () -> floorless.parix.retention().change(OrganizationId.EVERYBODY, RetentionPeriod.days(15), ACTOR);
            try (ParixBackup worker = floorless
                    .builder(floorless.catalog, floorless.provider, dispatcher, 9)
                    .directory(id -> {
                        happen();
                        return floorless.host.look(id);
                    })
                    .build()
                    .start()) {
                dispatcher.tick();
                assertThat(worker.backups().history(DATABASE, 10)).hasSize(2);
            }
            assertThat(floorless.catalog.find(oldest.id().value()).orElseThrow().step())
                    .isEqualTo("completed");
        }
    }
}
