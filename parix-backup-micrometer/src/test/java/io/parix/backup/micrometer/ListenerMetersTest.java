package io.parix.backup.micrometer;

import static io.parix.backup.micrometer.Installation.ACTOR;
import static io.parix.backup.micrometer.Installation.DATABASE;
import static io.parix.backup.micrometer.Installation.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.RestoreRequest;
import io.parix.backup.micrometer.Installation.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListenerMetersTest {
    private final Installation installation = new Installation();

    private static Timer timer(Node node, String kind, String outcome) {
        return node.meters
                .get(DurationMeters.DURATION)
                .tags("kind", kind, "outcome", outcome)
                .timer();
    }

    @Test
    @DisplayName("J1 events are counted by kind and reason, each from zero, and jobs timed from request to end")
    void counts() {
        try (Node node = installation.start()) {
            for (BackupEvent.Kind kind : BackupEvent.Kind.values()) {
                assertThat(node.count(kind, "none")).isZero();
            }
            Backup first = node.ask();
            installation.clock.advance(Duration.ofSeconds(90));
            node.work();
            Backup second = node.ask();
            installation.clock.advance(Duration.ofSeconds(7));
            node.parix.backups().cancel(second.id(), ACTOR);
            node.work();

            assertThat(node.count(BackupEvent.Kind.BACKUP_REQUESTED, "none")).isEqualTo(2);
            assertThat(node.count(BackupEvent.Kind.BACKUP_COMPLETED, "none")).isEqualTo(1);
            assertThat(node.count(BackupEvent.Kind.BACKUP_FAILED, "cancelled")).isEqualTo(1);
            assertThat(node.count(BackupEvent.Kind.BACKUP_FAILED, "none")).isZero();
            assertThat(timer(node, "backup", "completed").totalTime(TimeUnit.SECONDS))
                    .isEqualTo(90);
            assertThat(timer(node, "backup", "failed").totalTime(TimeUnit.SECONDS))
                    .isEqualTo(7);

            node.parix.restores().request(RestoreRequest.of(first.id(), NAME, ACTOR));
            installation.clock.advance(Duration.ofSeconds(11));
            node.work();
            assertThat(node.count(BackupEvent.Kind.RESTORE_COMPLETED, "none")).isEqualTo(1);
            assertThat(timer(node, "restore", "completed").totalTime(TimeUnit.SECONDS))
                    .isEqualTo(11);
            assertThat(timer(node, "restore", "failed").count()).isZero();
        }
    }

    @Test
    @DisplayName("J1 a job that another process began is timed as a whole")
    void acrossProcesses() {
        try (Node node = installation.start()) {
            node.ask();
        }
        installation.clock.advance(Duration.ofMinutes(10));
        try (Node other = installation.start()) {
            other.parix
                    .backups()
                    .history(DATABASE, 1)
                    .forEach(backup -> assertThat(backup.endedAt()).isNull());
            other.tick();
            other.work();
            assertThat(timer(other, "backup", "completed").totalTime(TimeUnit.MINUTES))
                    .isEqualTo(10);
        }
    }

    @Test
    @DisplayName("J1 an end that nothing is known of any more, or not now, is counted and not timed")
    void unknown() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        DurationMeters away = new DurationMeters(
                meters,
                () -> {
                    throw new FailedException(ErrorCode.NOT_RUNNING, "Cannot answer: this instance is not running.");
                },
                () -> {
                    throw new FailedException(ErrorCode.NOT_RUNNING, "Cannot answer: this instance is not running.");
                });
        try (Node node = installation.start()) {
            BackupEvent gone =
                    new BackupEvent("e", BackupEvent.Kind.BACKUP_COMPLETED, DATABASE, "b-gone", Instant.EPOCH, null);
            node.counters.on(gone);
            new DurationMeters(meters, node.parix::backups, node.parix::restores).on(gone);
            away.on(gone);
            away.on(new BackupEvent("r", BackupEvent.Kind.RESTORE_FAILED, DATABASE, "r", Instant.EPOCH, null));

            assertThat(node.count(BackupEvent.Kind.BACKUP_COMPLETED, "none")).isEqualTo(1);
            assertThat(meters.get(DurationMeters.DURATION).timers())
                    .allSatisfy(timer -> assertThat(timer.count()).isZero());
        }
    }
}
