package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.EngineSettingsBuilder;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseDeadlineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineFixture engine = new EngineFixture(settings());

    private static EngineSettingsBuilder settings() {
        return EngineSettings.builder()
                .captureDeadline(HOUR)
                .exportDeadline(HOUR)
                .stageDeadline(HOUR)
                .fenceDeadline(HOUR)
                .confirmDeadline(HOUR)
                .commitRetry(HOUR)
                .sweepRetry(HOUR);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("J5 B3 images that do not come within the deadline of their phase fail the backup, naming the phase")
    void capture() {
        wait(Duration.ofMinutes(25), 4);
        Instant asked = engine.clock.instant();

        Failure failure = engine.backup().failed().orElseThrow();

        assertDeadline(failure, "capturing");
        assertThat(failure.message()).contains("snapshot 3 is pending");
        assertThat(failure.at()).isBefore(asked.plus(HOUR).plusSeconds(1));
        assertThat(engine.host.captured()).isEmpty();
    }

    @Test
    @DisplayName("J5 A6 images that come just within the deadline of their phase are taken")
    void captureInTime() {
        wait(Duration.ofMinutes(20), 3);

        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("J5 B3 an export that goes on past the deadline of its phase is stopped at the next chunk, and swept")
    void export() {
        AtomicInteger puts = new AtomicInteger();
        HookedProvider slow = new HookedProvider(engine.provider, key -> {
            puts.incrementAndGet();
            engine.clock.advance(HOUR.plusSeconds(1));
        });
        SteppedDispatcher own = new SteppedDispatcher(engine.clock);
        ParixBackup worker = engine.engine(engine.catalog, slow, own, 3).start();
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.loseAll();
        own.tick();

        own.runUntilQuiet();

        assertDeadline(
                engine.parix.backups().find(asked.id()).orElseThrow().failed().orElseThrow(), "exporting");
        assertThat(puts).hasValue(1);
        assertThat(engine.archived()).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName("J5 B3 a backup that no worker came to before its deadline fails before it begins, and says so")
    void nobodyCame() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.clock.advance(Duration.ofHours(24).plusSeconds(1));

        engine.dispatcher.runUntilQuiet();

        Failure failure =
                engine.parix.backups().find(asked.id()).orElseThrow().failed().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failure.message()).contains("PT24H", "No worker came");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    @DisplayName("J5 F4 a restore that cannot stage in time goes back: old files, old status")
    void stage() {
        Backup backup = engine.backup();
        List<byte[]> live = copies();
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        engine.faults.add(answer("move", first(1)).with(HostAnswer.pending("soon", Duration.ofMinutes(1))));
        engine.dispatcher.runNext();
        engine.faults.add(fail("get").with(throttled(Duration.ofMinutes(25))));

        engine.dispatcher.runUntilQuiet();

        assertGoneBack(engine.parix.restores().find(asked.id()).orElseThrow(), "staging", live);
    }

    @ParameterizedTest
    @CsvSource({"move,moving", "fenceOld,fencing-old", "swap,swapping", "start,starting", "confirm,confirming"})
    @DisplayName("J5 F5 a host that is not done in time makes the restore go back")
    void host(String ask, String phase) {
        Backup backup = engine.backup();
        List<byte[]> live = copies();
        engine.faults.add(answer("RestoreHost." + ask, first(4))
                .with(HostAnswer.pending("node 2 is busy", Duration.ofMinutes(25))));

        assertGoneBack(engine.restore(backup), phase, live);
    }

    @Test
    @DisplayName("J5 F5 each phase has time of its own, and one that only goes forward has all the time it takes")
    void timeOfItsOwn() {
        Backup backup = engine.backup();
        for (String ask : List.of("move", "fenceOld", "swap", "start", "confirm")) {
            engine.faults.add(answer("RestoreHost." + ask, first(1))
                    .with(HostAnswer.pending("node 2 is busy", Duration.ofMinutes(55))));
        }
        engine.faults.add(answer("RestoreHost.open", first(1))
                .with(HostAnswer.pending("the balancer is busy", Duration.ofDays(3))));

        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("J5 B5 a decided commit that is refused is tried again at its own interval")
    void commitRetry() {
        engine.faults.add(fail("putIfAbsent", first(3))
                .with(refused(ErrorKind.DENIED, "no"))
                .ending("manifest.json"));
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(backup.endedAt()).isEqualTo(asked.plus(HOUR.multipliedBy(3)));
    }

    @Test
    @DisplayName("J5 B3 a sweep that is refused is tried again at its own interval, for as long as it takes")
    void sweepRetry() {
        engine.faults.add(
                fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no")).ending(".idx"));
        engine.faults.add(fail("ObjectStore.list", first(100))
                .with(refused(ErrorKind.DENIED, "no"))
                .under("parix/db-1"));
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.progress().phase()).isEqualTo("swept");
        assertThat(engine.clock.instant()).isAfterOrEqualTo(asked.plus(HOUR.multipliedBy(99)));
        assertThat(engine.archived()).isEmpty();
    }

    private void wait(Duration each, int times) {
        for (int i = 1; i <= times; i++) {
            engine.faults.add(
                    answer("capture", nth(i)).with(new Capture.Pending("snapshot " + i + " is pending", each)));
        }
    }

    private void assertGoneBack(Restore restore, String phase, List<byte[]> live) {
        assertDeadline(restore.failed().orElseThrow(), phase);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(live);
        assertThat(((DatabaseFacts.Live) engine.host.look(DATABASE)).profile().status())
                .isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    private static void assertDeadline(Failure failure, String phase) {
        assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failure.message()).contains("'" + phase + "'", "PT1H");
    }

    private List<byte[]> copies() {
        return engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }
}
