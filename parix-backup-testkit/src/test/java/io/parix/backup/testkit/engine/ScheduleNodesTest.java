package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.ScheduledEngine.MONDAY;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static io.parix.backup.testkit.fault.Effect.after;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.strike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.RunOutcome;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several nodes on one catalog, and databases that fail beside others. */
class ScheduleNodesTest {
    private static final DatabaseId FIRST = new DatabaseId("a-1");

    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;
    private final SteppedDispatcher elsewhere = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("G4 of five nodes that look for due runs one starts each run, day after day")
    void manyNodes() {
        List<SteppedDispatcher> dispatchers = new ArrayList<>();
        List<ParixBackup> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            dispatchers.add(new SteppedDispatcher(engine.clock));
            others.add(engine.engine(engine.catalog, engine.provider, dispatchers.get(i), 20 + i)
                    .start());
        }
        node.set("10:00", "UTC");
        for (int day = 0; day < 7; day++) {
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z").plus(Duration.ofDays(day)));
            dispatchers.get(day % 4).tick();
            dispatchers.forEach(SteppedDispatcher::tick);
            node.at(engine.clock.instant().toString());
            dispatchers.forEach(SteppedDispatcher::runUntilQuiet);
        }
        assertThat(node.runs()).hasSize(7);
        assertThat(engine.catalog.history(HistoryQuery.newest(DATABASE, JobKind.BACKUP, 100)))
                .hasSize(7);
        others.forEach(ParixBackup::close);
    }

    @Test
    @DisplayName("G4 a node that read the schedule before another one started its run starts none")
    void lateNode() {
        Runnable other = () -> {
            engine.dispatcher.tick();
            engine.dispatcher.runUntilQuiet();
        };
        try (ParixBackup late = engine.engine(
                        engine.catalog(strike("dueSchedules").with(after("is overtaken", other))),
                        engine.provider,
                        elsewhere,
                        8)
                .start()) {
            node.set("10:00", "UTC");
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
            elsewhere.tick();
            assertThat(late.backups().history(DATABASE, 10)).hasSize(1);
        }
        assertThat(node.runs()).hasSize(1);
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).isEmpty();
    }

    @Test
    @DisplayName("G4 B4 a write whose answer is lost has started the run, once, and its job is found")
    void lostAnswer() {
        node.set("10:00", "UTC");
        Catalog lossy = engine.catalog(strike("Catalog.write")
                .with(after("loses its answer", () -> {
                    throw new IllegalStateException("no answer");
                }))
                .when("it starts a run", ScheduleNodesTest::startsARun));
        engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
        try (ParixBackup parix =
                engine.engine(lossy, engine.provider, elsewhere, 8).start()) {
            elsewhere.tick();
            assertThat(parix.backups().history(DATABASE, 10)).hasSize(1);
        }
        node.at("2026-11-23T10:05:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.card().lastBackup().orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
    }

    private static boolean startsARun(Call call) {
        return call.arguments().get(0) instanceof ScheduleWrite write
                && write.toInsert().isPresent();
    }

    @Test
    @DisplayName("G4 a node that dies between the write and the wake-up leaves a job that is found")
    void lostWake() {
        node.set("10:00", "UTC");
        node.look("2026-11-23T10:00:00Z");
        engine.dispatcher.loseAll();
        node.at("2026-11-23T10:00:01Z");
        assertThat(node.card().lastBackup().orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G4 a node whose regions are others starts the run; its job goes where the database is")
    void otherRegion() {
        try (ParixBackup us = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .regions(Set.of("us-east-1"))
                .build()
                .start()) {
            us.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
            elsewhere.tick();
            elsewhere.runUntilQuiet();
            assertThat(node.card().lastBackup().orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
            assertThat(engine.catalog.history(HistoryQuery.newest(DATABASE, JobKind.BACKUP, 10)))
                    .extracting(JobRecord::region)
                    .containsExactly("eu-central-1");
        }
        node.at("2026-11-23T10:00:01Z");
        assertThat(node.card().lastBackup().orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G4 a clock that goes back an hour runs no date again, and stays quiet until the next one")
    void clockGoesBack() {
        AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ZERO);
        Catalog catalog = new InMemoryCatalog(() -> engine.clock.instant().minus(wrong.get()), "0".repeat(32));
        try (ParixBackup parix =
                engine.engine(catalog, engine.provider, elsewhere, 8).start()) {
            parix.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:30Z"));
            elsewhere.tick();
            elsewhere.runUntilQuiet();
            wrong.set(Duration.ofHours(1));
            for (int minute = 0; minute < 180; minute++) {
                engine.clock.advance(Duration.ofMinutes(1));
                elsewhere.tick();
            }
            assertThat(parix.backups().history(DATABASE, 10)).hasSize(1);
            assertThat(parix.schedules()
                            .set(DATABASE, Cadence.daily("14:00", "UTC"), ACTOR)
                            .nextRun())
                    .contains(run("2026-11-24", "2026-11-24T14:00:00Z"));
        }
    }

    @Test
    @DisplayName(
            "G4 a schedule that cannot be read lets the others of its page run, is left as it is, and does not spin")
    void corruptPayload() {
        ScheduledEngine small = new ScheduledEngine(EngineSettings.builder().schedulePage(1));
        try (small) {
            EngineFixture one = small.engine;
            Instant due = Instant.parse("2026-11-23T09:30:00Z");
            one.catalog.write(ScheduleWrite.of(new ScheduleRecord(FIRST, 0, due, "{\"version\":2}")));
            small.set("10:00", "UTC");
            small.at("2026-11-23T10:00:00Z");
            assertThat(small.runs()).isEmpty();
            ScheduleRecord later = one.catalog.schedule(FIRST).orElseThrow();
            assertThat(later.payload()).isEqualTo("{\"version\":2}");
            assertThat(later.lookAgain()).contains(Instant.parse("2026-11-23T10:05:00Z"));
            assertThat(later.due()).contains(due);

            small.at("2026-11-23T10:00:01Z");

            assertThat(small.runs()).hasSize(1);
            assertThat(one.catalog.schedule(FIRST)).contains(later);
            assertThatThrownBy(() -> small.schedules().card(FIRST))
                    .isInstanceOfSatisfying(
                            FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN));
            small.schedules().remove(FIRST, ACTOR);
            assertThat(one.catalog.schedule(FIRST)).isEmpty();
        }
    }

    @Test
    @DisplayName("G4 a database whose storage cannot be named lets its neighbour run, and runs itself once it can be")
    void hostThrows() {
        engine.host.put(Profiles.named(EngineFixture.profile(), FIRST), EngineFixture.files(EngineFixture.cluster()));
        AtomicReference<DatabaseId> failing = new AtomicReference<>(FIRST);
        try (ParixBackup parix = engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .storage((database, provider) -> {
                    if (database.equals(failing.get())) {
                        throw new NoClassDefFoundError("com/example/Sdk");
                    }
                    return engine.location();
                })
                .build()
                .start()) {
            parix.schedules().set(FIRST, Cadence.daily("10:00", "UTC"), ACTOR);
            node.set("10:00", "UTC");
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
            elsewhere.tick();
            elsewhere.tick();
            assertThat(parix.backups().history(FIRST, 10)).isEmpty();
            assertThat(node.runs()).hasSize(1);
            failing.set(DATABASE);
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:05:00Z"));
            elsewhere.tick();
            assertThat(parix.backups().history(FIRST, 10)).hasSize(1);
            assertThat(parix.schedules().card(FIRST).orElseThrow().nextRun())
                    .contains(run("2026-11-24", "2026-11-24T10:00:00Z"));
        }
    }

    @Test
    @DisplayName("G4 J1 a catalog that cannot list due schedules stops neither jobs nor events")
    void pollerFails() {
        Catalog broken = engine.catalog(strike("dueSchedules").with(before("fails", () -> {
            throw new IllegalStateException("no answer");
        })));
        try (ParixBackup parix =
                engine.engine(broken, engine.provider, elsewhere, 8).start()) {
            engine.request();
            engine.dispatcher.loseAll();
            elsewhere.tick();
            elsewhere.runUntilQuiet();
            assertThat(parix.backups().history(DATABASE, 10))
                    .singleElement()
                    .satisfies(backup -> assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED));
        }
        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_COMPLETED);
    }

    @Test
    @DisplayName("G4 a job that cannot be reconciled keeps no run from starting")
    void reconcilerFails() {
        Catalog broken = engine.catalog(strike("due").with(before("fails", () -> {
            throw new IllegalStateException("no answer");
        })));
        try (ParixBackup parix =
                engine.engine(broken, engine.provider, elsewhere, 8).start()) {
            parix.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR);
            engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
            assertThatThrownBy(elsewhere::tick).hasMessage("no answer");
            assertThat(parix.backups().history(DATABASE, 10)).hasSize(1);
        }
    }

    @Test
    @DisplayName("G4 a run whose job is there already, by a node that nobody remembers, is not doubled")
    void jobIsThere() {
        node.set("10:00", "UTC");
        ScheduleRecord before = engine.catalog.schedule(DATABASE).orElseThrow();
        node.at("2026-11-23T10:00:00Z");
        ScheduleRecord now = engine.catalog.schedule(DATABASE).orElseThrow();
        engine.catalog.write(ScheduleWrite.of(
                new ScheduleRecord(DATABASE, now.version(), before.due().orElseThrow(), before.payload())));

        node.at("2026-11-23T10:00:01Z");

        assertThat(node.runs()).hasSize(1);
        assertThat(node.last().outcome())
                .isEqualTo(new RunOutcome.Started(node.runs().get(0).id()));
        assertThat(node.next().day()).isEqualTo(MONDAY.plusDays(1));
    }

    @Test
    @DisplayName("A4 a request cannot take the key of a run, and any other one as before")
    void reservedKey() {
        assertThatThrownBy(() -> new BackupRequest(DATABASE, ACTOR, "parix-run-2026-11-23"))
                .hasMessageContaining("reserved");
        assertThat(new BackupRequest(DATABASE, ACTOR, "run-2026-11-23").key()).contains("run-2026-11-23");
    }

    @Test
    @DisplayName("J1 skipped runs of one date under two schedules are two events")
    void eventsOfTwoSchedules() {
        engine.host.change(DATABASE, p -> Profiles.withStatus(p, DatabaseStatus.PROVISIONING));
        node.set("10:00", "UTC");
        node.at("2026-11-23T10:00:00Z");
        node.schedules().remove(DATABASE, ACTOR);
        node.set("11:00", "UTC");
        node.at("2026-11-23T11:00:00Z");
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED))
                .extracting(BackupEvent::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }
}
