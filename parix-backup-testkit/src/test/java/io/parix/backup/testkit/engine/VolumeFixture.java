package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.JobStatus;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.EngineSettingsBuilder;
import io.parix.backup.engine.settings.SnapshotLimits;
import io.parix.backup.engine.settings.SnapshotLimits.WhenFailed;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An engine whose database lies on three volumes, of which its provider makes snapshots. */
final class VolumeFixture implements AutoCloseable {
    static final SnapshotTimes SLOW = SnapshotTimes.AT_ONCE.taking(Duration.ofMinutes(1), Duration.ofMinutes(10));
    static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.SNAPSHOT);

    final EngineFixture engine;
    final InMemoryVolumeSnapshots volumes;

    VolumeFixture() {
        this(WhenFailed.RECORDS);
    }

    VolumeFixture(WhenFailed whenFailed) {
        engine = new EngineFixture(settings(whenFailed));
        volumes = engine.places.volumes("bucket");
        imagesFrom(ReplicaVolume.ImageFrom.HOST);
    }

    /** Says from where the images of all replicas are read. */
    void imagesFrom(ReplicaVolume.ImageFrom from) {
        engine.host.volumes(
                DATABASE,
                IntStream.range(0, 3)
                        .mapToObj(i -> new ReplicaVolume(i, "vol-" + i, Map.of("zone", "a"), from))
                        .toList());
    }

    static EngineSettingsBuilder settings(WhenFailed whenFailed) {
        return EngineSettings.builder()
                .snapshots(new SnapshotLimits(whenFailed, Duration.ofSeconds(10), Duration.ofHours(6)));
    }

    Backup ask() {
        return ((BackupAnswer.Accepted) engine.request()).backup();
    }

    Backup find(Backup backup) {
        return engine.parix.backups().find(backup.id()).orElseThrow();
    }

    JobRecord row(Backup backup) {
        return engine.catalog.find(backup.id().value()).orElseThrow();
    }

    BackupJob job(Backup backup) {
        return BackupRow.read(row(backup));
    }

    /** Lets so much time pass, waking whoever is to be woken in it. */
    void elapse(Duration time) {
        Instant end = engine.clock.instant().plus(time);
        while (engine.clock.instant().isBefore(end)) {
            engine.clock.advance(Duration.ofSeconds(1));
            while (engine.dispatcher.runNext()) {
                assertThat(engine.clock.instant()).isBeforeOrEqualTo(end);
            }
        }
    }

    /** Wakes whoever is due, and moves no clock. */
    void runDue() {
        for (boolean more = true; more; ) {
            more = engine.dispatcher.runNext();
        }
    }

    static List<String> names(Backup backup) {
        return backup.completed().orElseThrow().snapshots().stream()
                .map(ReplicaSnapshot::name)
                .toList();
    }

    /** What no completed backup names is left nowhere, and what one names is there (spec B3). */
    void assertNothingUnowned() {
        List<String> owned = engine.parix.backups().history(DATABASE, 100).stream()
                .filter(backup -> backup.status() == JobStatus.COMPLETED)
                .flatMap(backup -> names(backup).stream())
                .sorted()
                .toList();
        assertThat(volumes.names()).isEqualTo(owned);
        assertThat(volumes.volumeNames()).isEmpty();
        assertThat(engine.host.attached()).isEmpty();
        assertThat(engine.unowned()).isEmpty();
    }

    @Override
    public void close() {
        engine.close();
    }
}
