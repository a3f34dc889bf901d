package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseView;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.Page;
import io.parix.backup.Report;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.RunOutcome;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.AccessPolicy.Action;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of runs, pages and statements when the host's own code throws, or says far too much. */
class HostFaultTest {
    private static final DatabaseId FIRST = new DatabaseId("a-1");

    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;
    private final SteppedDispatcher elsewhere = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        node.close();
    }

    private ParixBackup over(DatabaseDirectory directory) {
        return engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .directory(directory)
                .build()
                .start();
    }

    private void look(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
        elsewhere.tick();
    }

    static Stream<Error> errors() {
        return Stream.of(
                new ServiceConfigurationError("com.example.Sdk: no provider"), new InternalError("a native library"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    @DisplayName("G4 an Error of whatever kind that the host throws lets the other runs start, and ends no timer")
    void errorOfTheHost(Error thrown) {
        engine.host.put(Profiles.named(EngineFixture.profile(), FIRST), EngineFixture.files(EngineFixture.cluster()));
        for (DatabaseId database : List.of(FIRST, DATABASE)) {
            engine.parix.schedules().set(database, Cadence.daily("10:00", "UTC"), ACTOR);
        }
        DatabaseDirectory directory = database -> {
            if (database.equals(FIRST)) {
                throw thrown;
            }
            return engine.host.look(database);
        };
        ParixBackup parix = over(directory);
        look("2026-11-23T10:00:00Z");
        parix.close();
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G4 G5 a run whose storage the host cannot name until the grace period is over is skipped, not missed")
    void couldNotStart() {
        node.set("10:00", "UTC");
        try (ParixBackup parix = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .storage((database, provider) -> {
                    throw new IllegalStateException("jdbc:postgresql://db/parix?password=hunter2");
                })
                .build()
                .start()) {
            for (Instant at = Instant.parse("2026-11-23T10:00:00Z");
                    at.isBefore(Instant.parse("2026-11-23T15:55:00Z"));
                    at = at.plus(Duration.ofMinutes(5))) {
                look(at.toString());
                assertThat(node.card().lastRun()).isEmpty();
            }
            look("2026-11-23T15:55:00Z");
            assertThat(codes(parix.backupsPage().protection(DATABASE).report().warnings()))
                    .contains("last-run-skipped");
        }
        assertThat(node.reasons()).containsExactly("could-not-start");
        assertThat(reasons()).contains("java.lang.IllegalStateException").doesNotContain("hunter2");
        assertThat(node.next()).isEqualTo(ScheduledEngine.run("2026-11-24", "2026-11-24T10:00:00Z"));
        assertThat(node.card().missedRuns()).isEmpty();
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).isEmpty();
    }

    @Test
    @DisplayName("G4 a run that the host makes start after all, in the grace period, is no skipped one")
    void startsAfterAll() {
        node.set("10:00", "UTC");
        ParixBackup parix = over(database -> {
            throw new ServiceConfigurationError("com.example.Sdk: no provider");
        });
        look("2026-11-23T10:00:00Z");
        parix.close();
        node.at("2026-11-23T10:05:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.last().outcome()).isInstanceOf(RunOutcome.Started.class);
    }

    private String reasons() {
        return ((RunOutcome.Skipped) node.last().outcome()).report().reasons();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "Cannot connect to jdbc:postgresql://db/hosts?user=parix&password=hunter2")
    @DisplayName("D1 G5 I4 what an exception of the directory says reaches the log, and nobody who looks or asks")
    void directoryThrows(String message) {
        Backup backup = engine.backup();
        node.set("10:00", "UTC");
        try (ParixBackup parix = over(database -> {
            throw new IllegalStateException(message);
        })) {
            Page page = parix.backupsPage().page(PageFixture.request());
            assertThat(page.database())
                    .isEqualTo(new DatabaseView.Unknown(
                            "the directory failed with java.lang.IllegalStateException; the log says more"));
            assertThat(page.toString()).doesNotContain("hunter2", "null; ", ": null");
            assertThat(parix.backupsPage().protection(DATABASE).toString()).doesNotContain("hunter2");
            assertThat(parix.backups()
                            .request(BackupRequest.of(DATABASE, ACTOR))
                            .toString())
                    .doesNotContain("hunter2");
            assertThat(parix.restores().eligibility(backup.id()).toString()).doesNotContain("hunter2");
            look("2026-11-23T15:55:00Z");
        }
        assertThat(node.reasons()).contains("database-unknown");
        assertThat(reasons()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName(
            "C2 I4 what an exception of the directory says while a backup runs reaches the log, and neither its row nor its end")
    void directoryThrowsWhileABackupRuns() {
        AtomicBoolean broken = new AtomicBoolean();
        try (ParixBackup parix = over(database -> {
            if (broken.get()) {
                throw new ProviderException(ErrorKind.DENIED, "jdbc:postgresql://db/hosts?password=hunter2");
            }
            return engine.host.look(database);
        })) {
            BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
            broken.set(true);
            elsewhere.runDue();
            BackupId id = ((BackupAnswer.Accepted) answer).backup().id();
            assertThat(parix.backups().find(id).orElseThrow().toString())
                    .contains("the directory failed with io.parix.backup.spi.ProviderException")
                    .doesNotContain("hunter2");
            elsewhere.runUntilQuiet();
            Failure failure = parix.backups().find(id).orElseThrow().failed().orElseThrow();
            assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
            assertThat(failure.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    @DisplayName("D1 D3 A2 a reason of the host is cut once, and said by every row and check as it was cut")
    void longReason() {
        Backup backup = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("x".repeat(200_000)));
        String cut = "x".repeat(500) + "…";

        Page page = engine.parix.backupsPage().page(PageFixture.request());

        assertThat(page.database()).isEqualTo(new DatabaseView.Unknown(cut));
        assertThat(page.create().reasons()).contains(cut).hasSizeLessThan(10_000);
        assertThat(page.rows())
                .singleElement()
                .satisfies(row -> assertThat(size(row.restore())).isLessThan(10_000));
        assertThat(size(engine.parix.restores().eligibility(backup.id()))).isLessThan(10_000);
        assertThat(size(engine.parix.backupsPage().protection(DATABASE).report()))
                .isLessThan(10_000);
    }

    @Test
    @DisplayName("F3 D3 J2 a restore host that cannot say from which statuses takes no page down; no restore may start")
    void restoreHostThrows() {
        Backup backup = engine.backup();
        try (ParixBackup parix = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .build()
                .start()) {
            engine.faults.add(fail("restorableFrom").with(thrown(() -> new IllegalStateException("password=hunter2"))));
            Report row = parix.backupsPage()
                    .page(PageFixture.request())
                    .rows()
                    .get(0)
                    .restore();
            assertThat(codes(row.failures())).containsExactly("restorable-statuses-not-known");
            assertThat(row.reasons()).doesNotContain("hunter2");
            assertThat(parix.backupsPage().protection(DATABASE).isProtected()).isTrue();
            assertThat(codes(((RestoreAnswer.Refused)
                                    parix.restores().request(RestoreRequest.of(backup.id(), EngineFixture.NAME, ACTOR)))
                            .report()
                            .failures()))
                    .containsExactly("restorable-statuses-not-known");
        }
    }

    @Test
    @DisplayName("D1 F1 I4 an access policy that throws has allowed nothing, by code")
    void accessThrows() {
        Backup backup = engine.backup();
        engine.access = (actor, action, database) -> {
            if (action == Action.VIEW_BACKUPS) {
                return true;
            }
            throw new IllegalStateException("password=hunter2");
        };
        Page page = engine.parix.backupsPage().page(PageFixture.request());
        assertThat(codes(page.create().failures())).containsExactly("not-permitted");
        assertThat(codes(page.rows().get(0).restore().failures())).containsExactly("not-permitted");
        assertThat(engine.requestRestore(backup)).isInstanceOf(RestoreAnswer.Refused.class);
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Refused.class);
        engine.access = (actor, action, database) -> {
            throw new IllegalStateException("password=hunter2");
        };
        assertThatThrownBy(() -> engine.parix.backupsPage().page(PageFixture.request()))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_PERMITTED));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("G4 B4 a directory that hangs holds up the looking for due runs and nothing else, in one thread")
    void directoryHangs() throws InterruptedException {
        node.set("10:00", "UTC");
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        ParixBackup parix = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .executor(pool)
                .directory(database -> {
                    looks.incrementAndGet();
                    hanging.countDown();
                    await(goOn);
                    return engine.host.look(database);
                })
                .build()
                .start();
        look("2026-11-23T10:00:00Z");
        hanging.await();
        elsewhere.tick();
        elsewhere.tick();
        assertThat(looks).hasValue(1);
        assertThat(node.runs()).isEmpty();
        goOn.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        parix.close();
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName(
            "G4 a directory that hangs on one database holds up that one: another node starts the runs of the others")
    void directoryHangsOnOneDatabase() throws InterruptedException {
        engine.host.put(Profiles.named(EngineFixture.profile(), FIRST), EngineFixture.files(EngineFixture.cluster()));
        for (DatabaseId database : List.of(FIRST, DATABASE)) {
            engine.parix.schedules().set(database, Cadence.daily("10:00", "UTC"), ACTOR);
        }
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        ParixBackup parix = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .executor(pool)
                .directory(database -> {
                    if (database.equals(FIRST)) {
                        hanging.countDown();
                        await(goOn);
                    }
                    return engine.host.look(database);
                })
                .build()
                .start();
        look("2026-11-23T10:00:00Z");
        hanging.await();

        node.look("2026-11-23T10:00:01Z");
        assertThat(node.runs()).hasSize(1);
        for (int minute = 0; minute < 60; minute++) {
            engine.clock.advance(Duration.ofMinutes(1));
            elsewhere.tick();
            engine.dispatcher.tick();
            assertThat(engine.parix.backups().history(FIRST, 10)).isEmpty();
        }

        goOn.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        parix.close();
        assertThat(engine.parix.backups().history(FIRST, 10)).hasSize(1);
        assertThat(engine.parix.schedules().card(FIRST).orElseThrow().nextRun())
                .contains(ScheduledEngine.run("2026-11-24", "2026-11-24T10:00:00Z"));
    }

    @Test
    @DisplayName(
            "G4 a schedule that a node had in hand when it died is taken up by another one, once its time has passed")
    void diesWithOneInHand() {
        node.set("10:00", "UTC");
        ParixBackup parix = over(database -> {
            throw new InternalError("the process dies here");
        });
        look("2026-11-23T10:00:00Z");
        parix.close();
        node.look("2026-11-23T10:04:59Z");
        assertThat(node.runs()).isEmpty();
        node.look("2026-11-23T10:05:00Z");
        assertThat(node.runs()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int size(Report report) {
        return report.checks().stream()
                .map(Check::toString)
                .mapToInt(String::length)
                .sum();
    }
}
