package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A place that locks everything for a while, and attempts that left something there. */
class LockedLeftoversTest {
    private final EngineFixture engine = new EngineFixture();
    private final Instant end = engine.clock.instant().plus(Duration.ofHours(12));

    @AfterEach
    void close() {
        engine.close();
    }

    private void lockSegments() {
        engine.faults.add(strike("ObjectStore.delete").with(keep(locked(end))).ending(".seg"));
    }

    private void failOneIndex() {
        engine.faults.add(fail("putIfAbsent", nth(1))
                .with(refused(ErrorKind.UNAVAILABLE, "503"))
                .ending(".idx"));
    }

    @Test
    @DisplayName(
            "B1 H10 a backup completes although what an earlier attempt left is locked, and the next one may begin")
    void completes() {
        failOneIndex();
        lockSegments();

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.clock.instant()).isBefore(end);
        assertThat(engine.unowned()).isNotEmpty().allMatch(key -> key.endsWith(".seg"));
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "B1 H5 a backup completes although nobody may delete what an earlier attempt left; its clean-up says so")
    void denied() {
        failOneIndex();
        engine.faults.add(strike("ObjectStore.delete")
                .with(keep(refused(ErrorKind.DENIED, "403")))
                .ending(".seg"));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.unowned()).isNotEmpty().allMatch(key -> key.endsWith(".seg"));
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "B3 what an earlier attempt left and cannot be swept for another reason is swept before the backup completes")
    void otherTrouble() {
        failOneIndex();
        engine.faults.add(strike("ObjectStore.delete", first(3))
                .with(keep(refused(ErrorKind.UNAVAILABLE, "503")))
                .ending(".seg"));

        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);

        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName(
            "B3 H10 the sweep of a failed backup takes what is not locked, says until when it waits, and comes back then")
    void sweepsAfterTheLock() {
        engine.faults.add(fail("putIfAbsent", nth(2))
                .with(refused(ErrorKind.DENIED, "no"))
                .ending(".idx"));
        lockSegments();
        Backup failed = ((BackupAnswer.Accepted) engine.request()).backup();

        for (boolean more = true; more; ) {
            more = engine.dispatcher.runNext();
        }

        assertThat(engine.archived()).isNotEmpty().allMatch(key -> key.endsWith(".seg"));
        assertThat(engine.catalog.find(failed.id().value()).orElseThrow()).satisfies(row -> {
            assertThat(row.status()).isEqualTo(JobStatus.FAILED);
            assertThat(row.due()).contains(end);
            assertThat(row.progress().waiting()).contains("is locked until " + end);
        });
        engine.faults.clear();
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.clock.instant()).isEqualTo(end);
    }
}
