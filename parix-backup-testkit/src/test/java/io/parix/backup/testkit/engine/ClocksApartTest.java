package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ProcessClock;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog's clock and that of the process tell different times while a clean-up looks. */
class ClocksApartTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration APART = RetentionLimits.DEFAULTS.clocksApart();
    private static final Duration RETRY = RetentionLimits.DEFAULTS.cleanUpRetry();

    private final EngineFixture engine = new EngineFixture();
    private final SkewedClock catalogs = new SkewedClock(engine.clock);
    private final InMemoryCatalog catalog = new InMemoryCatalog(catalogs);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private final ParixBackup parix =
            engine.engine(catalog, engine.provider, dispatcher, 9).start();
    private final Backup first = backup();
    private final Backup last = backup();

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private Backup backup() {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        work();
        Backup made = parix.backups()
                .find(((BackupAnswer.Accepted) answer).backup().id())
                .orElseThrow();
        assertThat(made.status()).isEqualTo(JobStatus.COMPLETED);
        engine.clock.advance(Duration.ofMinutes(1));
        return made;
    }

    private List<BackupId> kept() {
        return parix.backups().history(DATABASE, 100).stream().map(Backup::id).toList();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(
                catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
    }

    private void work() {
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    private List<BackupEvent> told(BackupEvent.Kind kind) {
        return engine.events.stream().filter(event -> event.kind() == kind).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {365, -365})
    @DisplayName(
            "H3 a look by a clock that is a year ahead or behind removes nothing, is told by a code, and made up when it is right")
    void removesNothing(long days) {
        List<String> before = engine.archived();
        engine.clock.advance(WEEK.minus(Duration.ofHours(1)));
        catalogs.by(Duration.ofDays(days));

        for (int i = 0; i < 3; i++) {
            work();
            engine.clock.advance(RETRY);
        }

        assertThat(engine.archived()).isEqualTo(before);
        assertThat(kept()).containsExactly(last.id(), first.id());
        assertThat(told(BackupEvent.Kind.BACKUP_EXPIRING)).isEmpty();
        // By a clock that is behind, it is not its turn yet.
        if (days > 0) {
            assertThat(told(BackupEvent.Kind.CLEAN_UP_BLOCKED))
                    .singleElement()
                    .satisfies(event -> assertThat(event.failureCode()).contains(ErrorCode.CLOCKS_APART));
            assertThat(state().reason())
                    .hasValueSatisfying(words -> assertThat(words).contains("clocksApart", "2026-", "2027-"));
        }

        catalogs.by(Duration.ZERO);
        engine.clock.advance(Duration.ofHours(1));
        work();

        assertThat(kept()).containsExactly(last.id());
    }

    @Test
    @DisplayName(
            "H3 a clock that jumps ahead while clean-up looks is not believed either, before the plan and after it")
    void removesNothingWhereItJumpsMeanwhile() {
        engine.clock.advanceTo(
                Objects.requireNonNull(first.endedAt()).plus(WEEK).minus(Duration.ofHours(1)));
        for (String call : List.of("DatabaseDirectory.look", "ObjectStore.get")) {
            engine.faults.add(strike(call, nth(1)).with(before("jumps", () -> catalogs.by(Duration.ofDays(365)))));
            engine.clock.advance(Duration.ofMinutes(20));
            work();
            assertThat(kept()).containsExactly(last.id(), first.id());
            engine.faults.clear();
            catalogs.by(Duration.ZERO);
        }
    }

    @Test
    @DisplayName("H3 another process, whose clock is right, cleans up meanwhile")
    void anotherProcessCleansUp() {
        SkewedClock wrong = new SkewedClock(engine.clock);
        wrong.by(Duration.ofDays(365));
        SteppedDispatcher own = new SteppedDispatcher(engine.clock);
        try (ParixBackup other = engine.builder(catalog, engine.provider, own, 10)
                .clock(ProcessClock.of(wrong, engine.clock::nanos))
                .build()
                .start()) {
            engine.clock.advanceTo(Objects.requireNonNull(first.endedAt()).plus(WEEK));
            own.tick();
            own.runUntilQuiet();
            assertThat(other.backups().history(DATABASE, 10)).hasSize(2);
            engine.clock.advance(RETRY);
            work();
        }
        assertThat(kept()).containsExactly(last.id());
    }

    @Test
    @DisplayName("H3 clocks that are as far apart as they may be are believed, a millisecond more is not")
    void believesUpToTheBound() {
        engine.clock.advanceTo(
                Objects.requireNonNull(first.endedAt()).plus(WEEK).minus(APART));
        catalogs.by(APART.plusMillis(1));
        work();
        assertThat(kept()).containsExactly(last.id(), first.id());

        catalogs.by(APART);
        engine.clock.advance(RETRY.plusMillis(1));
        work();
        assertThat(kept()).containsExactly(last.id());
    }
}
