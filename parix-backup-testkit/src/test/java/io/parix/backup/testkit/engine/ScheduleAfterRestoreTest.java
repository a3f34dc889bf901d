package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static io.parix.backup.testkit.fault.Effect.after;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Fault.strikeAny;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A schedule whose database is restored (spec F8). */
class ScheduleAfterRestoreTest {
    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;
    private final Backup backup = engine.backup();
    private final SteppedDispatcher elsewhere = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        node.close();
    }

    /** Begins a restore whose last step waits for an hour, over the time of the run. */
    private RestoreId restoreFor(Duration wait) {
        engine.faults.add(
                answer("RestoreHost.release", first(1)).with(HostAnswer.pending("closing the old files", wait)));
        return ((RestoreAnswer.Accepted) engine.requestRestore(backup))
                .restore()
                .id();
    }

    private JobStatus status(RestoreId restore) {
        return engine.parix.restores().find(restore).orElseThrow().status();
    }

    @Test
    @DisplayName("F8 a run that came due during the restore, and that nobody looked at, is skipped and not made up")
    void dueMeanwhile() {
        node.set("10:00", "UTC");
        RestoreId restore = restoreFor(Duration.ofHours(2));
        engine.dispatcher.runUntilQuiet();
        assertThat(status(restore)).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.clock.instant()).isAfter(Instant.parse("2026-11-23T10:30:00Z"));

        assertThat(node.reasons()).containsExactly("restored-meanwhile");
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
        assertThat(node.runs()).isEmpty();
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
        node.at("2026-11-24T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("F8 G5 a run that comes due during the restore while somebody looks is skipped, naming the restore")
    void lookedAtMeanwhile() {
        node.set("10:00", "UTC");
        RestoreId restore = restoreFor(Duration.ofHours(2));
        engine.dispatcher.runNext();
        node.look("2026-11-23T10:00:00Z");
        assertThat(node.reasons()).contains("workflow-active").doesNotContain("overlap");
        engine.dispatcher.runUntilQuiet();
        assertThat(status(restore)).isEqualTo(JobStatus.COMPLETED);
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
    }

    @Test
    @DisplayName(
            "F8 a restore between two runs leaves the next one where it is, also where it is done twice, and a pause")
    void nothingDue() {
        node.set("10:00", "UTC");
        ScheduleRecord before = engine.catalog.schedule(DATABASE).orElseThrow();
        engine.restore(backup);
        assertThat(engine.catalog.schedule(DATABASE)).contains(before);
        node.schedules().pause(DATABASE, ACTOR);
        engine.restore(backup);
        assertThat(node.card().paused()).isTrue();
        assertThat(node.card().lastRun()).isEmpty();
    }

    @Test
    @DisplayName("F8 a restore over several runs skips the last one and counts those before as missed")
    void severalDue() {
        node.set("10:00", "UTC");
        RestoreId restore = restoreFor(Duration.ofHours(50));
        engine.dispatcher.runUntilQuiet();
        assertThat(status(restore)).isEqualTo(JobStatus.COMPLETED);

        assertThat(node.reasons()).containsExactly("restored-meanwhile");
        assertThat(node.card().missedRuns().orElseThrow().count()).isEqualTo(2);
        assertThat(node.next()).isEqualTo(run("2026-11-26", "2026-11-26T10:00:00Z"));
    }

    @Test
    @DisplayName(
            "F8 F5 a worker that dies once the next run is computed, before the restore is completed, changes nothing")
    void diesInBetween() {
        node.set("10:00", "UTC");
        AtomicBoolean dead = new AtomicBoolean();
        Catalog mortal = writing(dead::get, () -> dead.set(true));
        try (ParixBackup first =
                engine.engine(mortal, engine.provider, elsewhere, 8).start()) {
            RestoreId restore = restoreOn(first);
            elsewhere.runUntilQuiet();
            assertThat(dead).isTrue();
            assertThat(status(restore)).isEqualTo(JobStatus.RUNNING);
            ScheduleRecord computed = engine.catalog.schedule(DATABASE).orElseThrow();
            assertThat(computed.due()).contains(Instant.parse("2026-11-24T10:00:00Z"));

            engine.carryOn(engine.dispatcher);

            assertThat(status(restore)).isEqualTo(JobStatus.COMPLETED);
            assertThat(engine.catalog.schedule(DATABASE)).contains(computed);
            assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "F8 a write of the next run that fails is tried again, and the restore completes once it has succeeded")
    void failsAtFirst() {
        node.set("10:00", "UTC");
        AtomicInteger left = new AtomicInteger(3);
        Catalog shaky = writing(() -> left.getAndDecrement() > 0, () -> {});
        try (ParixBackup first =
                engine.engine(shaky, engine.provider, elsewhere, 8).start()) {
            RestoreId restore = restoreOn(first);
            elsewhere.runUntilQuiet();
            assertThat(left.get()).isNegative();
            assertThat(status(restore)).isEqualTo(JobStatus.COMPLETED);
            assertThat(node.reasons()).containsExactly("restored-meanwhile");
        }
    }

    private RestoreId restoreOn(ParixBackup parix) {
        engine.faults.add(answer("RestoreHost.release", first(1))
                .with(HostAnswer.pending("closing the old files", Duration.ofHours(2))));
        RestoreRequest request = RestoreRequest.of(backup.id(), EngineFixture.NAME, ACTOR);
        return ((RestoreAnswer.Accepted) parix.restores().request(request))
                .restore()
                .id();
    }

    /** A way to the catalog on which writes of schedules fail, or nothing goes any more after one. */
    private Catalog writing(BooleanSupplier fails, Runnable then) {
        AtomicBoolean written = new AtomicBoolean();
        return engine.catalog(
                strikeAny()
                        .with(Effect.fail(thrown(() -> new IllegalStateException("no answer"))))
                        .when(
                                "that writes a schedule, or comes after that",
                                call -> (written.get() || isOfSchedule(call)) && fails.getAsBoolean()),
                strike("Catalog.write(ScheduleWrite)").with(after("is noted", () -> {
                    written.set(true);
                    then.run();
                })));
    }

    private static boolean isOfSchedule(Call call) {
        return call.arguments().stream().anyMatch(ScheduleWrite.class::isInstance);
    }

    @Test
    @DisplayName("F8 F5 a schedule that nobody here can read keeps no restore from ending")
    void unreadable() {
        engine.catalog.write(
                ScheduleWrite.of(new ScheduleRecord(DATABASE, 0, Instant.parse("2026-11-24T10:00:00Z"), "{}")));
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.catalog.schedule(DATABASE).orElseThrow().payload()).isEqualTo("{}");
    }

    @Test
    @DisplayName("F8 a restore that is undone leaves the schedule as it is: a run that is due is made")
    void undone() {
        node.set("10:00", "UTC");
        engine.faults.add(answer("swap", first(1)).with(HostAnswer.failed("the disk is gone")));
        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.FAILED);
        assertThat(node.card().lastRun()).isEmpty();
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
    }
}
