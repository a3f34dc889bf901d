package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.strikeAny;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.sweep.CleanUpJobs;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of a clean-up, of a deleted database with nothing left, against crashes and news. */
class CleanUpEndTest {
    private final EngineFixture engine = new EngineFixture();
    private boolean dead;

    @AfterEach
    void close() {
        engine.close();
    }

    private Optional<JobRecord> cleanUp() {
        return engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY);
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    /** A deleted database whose last backup has just gone; its clean-up is due again in six hours. */
    private JobRecord lastOneGone() {
        Backup last = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        JobRecord row = engine.catalog.find(last.id().value()).orElseThrow();
        engine.clock.advanceTo(Objects.requireNonNull(last.endedAt()).plus(Duration.ofDays(7)));
        later(Duration.ZERO);
        assertThat(engine.catalog.find(last.id().value())).isEmpty();
        return row;
    }

    /** Another worker looks six hours later, and something happens before the clean-up's row goes one way or the other. */
    private void lookWith(String method, Runnable happening) {
        engine.clock.advance(Duration.ofHours(7));
        Catalog hooked = engine.catalog(strikeAny().with(Effect.of("meets an end", call -> {
            if (call.method().getName().equals(method) && isAtItsEnd(call)) {
                happening.run();
            }
            if (dead) {
                throw new IllegalStateException("This worker was killed");
            }
            return call.proceed();
        })));
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker =
                engine.engine(hooked, engine.provider, dispatcher, 9).start()) {
            dispatcher.tick();
            assertThat(worker).isNotNull();
        } catch (IllegalStateException e) {
            assertThat(dead).as("%s", e).isTrue();
        }
    }

    private static boolean isAtItsEnd(Call call) {
        return call.arguments().stream()
                .anyMatch(each -> (each instanceof JobWrite write && isOver(write.next()))
                        || (each instanceof JobRecord row && isOver(row)));
    }

    private static boolean isOver(JobRecord row) {
        return row.kind() == JobKind.CLEAN_UP && row.status().ended();
    }

    private void restored() {
        engine.host.put(EngineFixture.profile(), EngineFixture.files(EngineFixture.cluster()));
    }

    @Test
    @DisplayName("H3 a clean-up whose worker died between its end and its removal is begun anew by the next backup")
    void diedAtItsEnd() {
        lastOneGone();
        lookWith("remove", () -> dead = true);
        assertThat(cleanUp())
                .hasValueSatisfying(row -> assertThat(row.status().ended()).isTrue());

        restored();
        Backup old = engine.backup();
        later(Duration.ofDays(6));
        Backup young = engine.backup();
        later(Duration.ofDays(1));

        assertThat(engine.parix.backups().history(DATABASE, 10))
                .extracting(Backup::id)
                .containsExactly(young.id());
        assertThat(engine.catalog.find(old.id().value())).isEmpty();
    }

    @Test
    @DisplayName("H3 C11 backups that are taken up while a clean-up ends have one afterwards")
    void takenUpMeanwhile() {
        JobRecord row = lastOneGone();
        lookWith("write", () -> {
            engine.catalog.adopt(List.of(new AdoptedJob(row, Map.of())));
            new CleanUpJobs(engine.catalog, new JobIds(new Random(5))).ensure(DATABASE, row.region());
        });

        assertThat(cleanUp())
                .hasValueSatisfying(now -> assertThat(now.status().ended()).isFalse());
    }

    @Test
    @DisplayName("H3 the clean-up of a deleted database goes when nothing is left")
    void goes() {
        lastOneGone();
        later(Duration.ofHours(7));

        assertThat(cleanUp()).isEmpty();
        assertThat(engine.catalog.databases(null, 10)).isEmpty();
    }
}
