package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.JobStatus;
import io.parix.backup.OrganizationId;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A clean-up falls asleep between its second look at a backup, which finds it due, and the write that makes it expire. */
class CleanUpSleepTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RetentionPeriod MONTH = RetentionPeriod.days(30);

    private final EngineFixture engine = new EngineFixture();
    private Backup old;
    private Backup young;
    private boolean slept;

    @BeforeEach
    void oldAndYoung() {
        old = engine.backup();
        later(Duration.ofDays(1));
        young = engine.backup();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    /** Another worker looks when the old backup is due, and this happens while it sleeps. */
    private void sleepWhile(Runnable happening) {
        engine.clock.advanceTo(Objects.requireNonNull(old.endedAt()).plus(Duration.ofDays(7)));
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker = engine.engine(asleepBefore("expiring", happening), engine.provider, dispatcher, 9)
                .start()) {
            dispatcher.tick();
            assertThat(worker.backups().history(DATABASE, 10)).isNotNull();
        }
        assertThat(slept).isTrue();
    }

    private Catalog asleepBefore(String step, Runnable happening) {
        return engine.catalog(strike("Catalog.write(JobWrite)", nth(1))
                .with(before("falls asleep", () -> {
                    slept = true;
                    happening.run();
                }))
                .when(
                        "into step " + step,
                        call -> call.argument(JobWrite.class).next().step().equals(step)));
    }

    private String step(Backup backup) {
        return engine.catalog.find(backup.id().value()).map(JobRecord::step).orElse("gone");
    }

    private JobRecord cleanUp() {
        return engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow();
    }

    private void keepFor(RetentionPeriod period) {
        var unused = engine.parix.retention().change(OrganizationId.EVERYBODY, period, ACTOR);
    }

    @Test
    @DisplayName("B7 H1 a period that is lengthened while it sleeps for an hour keeps the backup")
    void lengthenedInAnHour() {
        sleepWhile(() -> {
            engine.clock.advance(HOUR);
            keepFor(MONTH);
        });

        assertThat(step(old)).isEqualTo("completed");
        later(HOUR);
        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H1 so does one that is set for the first time while it sleeps, though its lease is live")
    void setUnderTheLease() {
        sleepWhile(() -> keepFor(MONTH));

        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("H1 so does one that is set anew while it sleeps, though its lease is live")
    void setAnewUnderTheLease() {
        keepFor(RetentionPeriod.days(5));
        keepFor(RetentionPeriod.days(7));

        sleepWhile(() -> keepFor(MONTH));

        assertThat(step(old)).isEqualTo("completed");
    }

    @Test
    @DisplayName("B7 when another worker has taken the clean-up over, the sleeper writes nothing")
    void takenOver() {
        sleepWhile(() -> {
            engine.clock.advance(HOUR);
            var unused = engine.catalog.claim(cleanUp(), "another", HOUR);
        });

        assertThat(step(old)).isEqualTo("completed");
        assertThat(cleanUp().claimed().orElseThrow().worker()).isEqualTo("another");
    }

    @Test
    @DisplayName(
            "B7 when its lease has lapsed it writes nothing, though nobody came, and the next look removes the backup")
    void lapsed() {
        sleepWhile(() -> engine.clock.advance(engine.settings.work().lease()));

        assertThat(step(old)).isEqualTo("completed");
        later(HOUR);
        assertThat(step(old)).isEqualTo("gone");
    }

    @Test
    @DisplayName("H3 when it wakes just before its lease lapses, and nothing has changed, it removes the backup")
    void inTime() {
        sleepWhile(() -> engine.clock.advance(engine.settings.work().lease().minusMillis(1)));

        assertThat(step(old)).isEqualTo("gone");
    }

    @Test
    @DisplayName("H7 when the newest backup is found damaged while it sleeps, the older one stays")
    void damaged() {
        sleepWhile(() -> {
            engine.archived().stream()
                    .filter(key -> key.contains("/backups/" + young.id() + "/") && key.endsWith(".idx"))
                    .forEach(key -> engine.store().lose(new ObjectKey(key)));
            engine.parix.backups().verify(young.id(), VerificationLevel.WRITTEN, ACTOR);
        });

        assertThat(step(old)).isEqualTo("completed");
        later(HOUR);
        assertThat(step(old)).isEqualTo("completed");
    }

    /** A request of a moment before the backup is due, whose row comes when the clean-up has looked for the last time. */
    private ParixBackup slowRequester(List<Inserted> answers) {
        Catalog slow = engine.catalog(strike("Catalog.insert", nth(1)).with(Effect.of("is slow", call -> {
            sleepWhile(() -> answers.add(inserted(call)));
            return answers.get(0);
        })));
        return engine.engine(slow, engine.provider, new SteppedDispatcher(engine.clock), 10)
                .start();
    }

    private static Inserted inserted(Call call) {
        try {
            return (Inserted) Objects.requireNonNull(call.proceed());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName(
            "F6 H4 a backup that a restore names between the second look and the write is in use: nothing of it is removed until that has ended")
    void pinnedMeanwhile() {
        engine.clock.advanceTo(
                Objects.requireNonNull(old.endedAt()).plus(Duration.ofDays(7)).minusMillis(1));
        List<String> before = engine.archived();
        List<Inserted> answers = new ArrayList<>();
        RestoreAnswer answer;
        try (ParixBackup requester = slowRequester(answers)) {
            answer = requester.restores().request(RestoreRequest.of(old.id(), EngineFixture.NAME, ACTOR));
        }

        assertThat(answers).singleElement().isInstanceOf(Inserted.Created.class);
        assertThat(answer).isInstanceOf(RestoreAnswer.Accepted.class);
        assertThat(step(old)).isEqualTo("expiring");
        assertThat(CleanUpRow.read(cleanUp()).blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.backup()).isEqualTo(old.id());
            assertThat(blocked.code()).isEqualTo("in-use");
            assertThat(blocked.reason()).contains("a restore");
        });
        assertThat(engine.archived()).isEqualTo(before);

        later(HOUR);
        later(HOUR);
        RestoreId restore = ((RestoreAnswer.Accepted) answer).restore().id();
        assertThat(engine.parix.restores().find(restore).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
        assertThat(step(old)).isEqualTo("gone");
        assertThat(engine.unowned()).isEmpty();
    }
}
