package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.SnapshotLimits.WhenFailed;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Refusal;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VolumeSnapshotTest {
    private VolumeFixture there = new VolumeFixture();

    @AfterEach
    void close() {
        there.close();
    }

    private void failing() {
        there.close();
        there = new VolumeFixture(WhenFailed.FAILS);
    }

    private static Refusal down() {
        return refused(ErrorKind.UNAVAILABLE, "Down for a while.");
    }

    private static List<State> states(BackupContents contents) {
        return contents.snapshots().stream().map(ReplicaSnapshot::state).toList();
    }

    private Manifest manifest(Backup backup) {
        ArchiveKeys keys = new ArchiveKeys(new KeyPrefix("parix"), DATABASE);
        return new ManifestStore(new ArchivePlace(there.engine.store(), keys, KeyPort.none()), VolumeFixture.CALL)
                .read(backup.id())
                .manifest();
    }

    @Test
    @DisplayName("C1 C8 a backup has a usable snapshot of each volume beside the export, and its manifest names them")
    void completes() {
        Backup done = there.engine.backup();

        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        BackupContents contents = done.completed().orElseThrow();
        assertThat(states(contents)).containsExactly(State.USABLE, State.USABLE, State.USABLE);
        assertThat(contents.snapshots()).extracting(ReplicaSnapshot::volume).containsExactly("vol-0", "vol-1", "vol-2");
        assertThat(contents.snapshots())
                .allSatisfy(each -> assertThat(each.opaque()).startsWith("of " + each.volume()));
        assertThat(contents.warnings().warnings()).isEmpty();
        assertThat(manifest(done).snapshots()).isEqualTo(VolumeFixture.names(done));
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName(
            "B6 the names of the snapshots are recorded before the first is asked for, and all are asked for before images")
    void intentFirst() {
        there.engine.faults.add(fail("request", first(1)).with(down()));
        Backup asked = there.ask();

        there.runDue();

        assertThat(there.engine.faults.calls("request")).isEqualTo(1);
        BackupJob.Snapshotting job = (BackupJob.Snapshotting) there.job(asked);
        List<String> names = job.run().intent().snapshots();
        assertThat(names).hasSize(3).isEqualTo(job.run().volumes().names());
        assertThat(there.engine.asked()).isEmpty();

        there.engine.dispatcher.runUntilQuiet();
        assertThat(VolumeFixture.names(there.find(asked))).isEqualTo(names);
    }

    @Test
    @DisplayName(
            "B8 C8 the wait for snapshots is seen and holds no thread: the export goes on from cut, the end waits for usable")
    void waitsInSight() {
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();
        there.runDue();

        assertThat(there.find(asked).progress().phase()).isEqualTo("snapshotting");
        assertThat(there.row(asked).claimed()).isEmpty();
        there.elapse(Duration.ofSeconds(35));
        assertThat(there.find(asked).progress().waitsFor().orElseThrow())
                .contains("snapshot of replica 2 is pending, 5 %");
        assertThat(there.engine.asked()).isEmpty();

        there.elapse(Duration.ofMinutes(4));
        assertThat(there.engine.asked()).anyMatch(line -> line.startsWith("release"));
        assertThat(there.find(asked).progress().phase()).isEqualTo("completing");
        assertThat(there.find(asked).progress().waitsFor().orElseThrow())
                .contains("snapshot of replica 2 is pending, 4");
        assertThat(there.row(asked).claimed()).isEmpty();
        assertThat(there.find(asked).status()).isEqualTo(JobStatus.RUNNING);

        there.elapse(Duration.ofMinutes(6));
        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName(
            "C1 where a failed snapshot fails the backup, the images are asked for only once every snapshot is usable")
    void waitsForUsable() {
        failing();
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();

        there.elapse(Duration.ofMinutes(9));
        assertThat(there.engine.asked()).isEmpty();
        there.elapse(Duration.ofMinutes(2));

        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "A6 a manual backup minutes after the daily one waits for the minimum interval, says so, and completes")
    void minimumInterval() {
        there.volumes.times(SnapshotTimes.AT_ONCE.limited(Duration.ofHours(1), 0));
        Backup daily = there.engine.backup();
        Backup manual = there.ask();
        there.elapse(Duration.ofMinutes(5));

        assertThat(there.find(manual).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(there.find(manual).progress().waitsFor().orElseThrow())
                .contains("snapshot of replica 0 has to wait", "PT1H");
        assertThat(there.row(manual).claimed()).isEmpty();
        assertThat(there.row(manual).strikes()).isZero();
        assertThat(there.engine.faults.calls("request")).isEqualTo(6);

        there.elapse(Duration.ofMinutes(55));
        assertThat(there.find(manual).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.volumes.names()).hasSize(6).containsAll(VolumeFixture.names(daily));
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName(
            "A6 a snapshot that somebody else has pending delays a backup, and fails it no sooner than its deadline")
    void pendingLimit() {
        there.volumes.times(SnapshotTimes.AT_ONCE
                .taking(Duration.ofMinutes(5), Duration.ofHours(5))
                .limited(Duration.ZERO, 1));
        there.volumes.request("foreign", "vol-1", Map.of(), VolumeFixture.CALL);
        there.volumes.times(SnapshotTimes.AT_ONCE.limited(Duration.ZERO, 1));
        Backup asked = there.ask();

        there.elapse(Duration.ofHours(4));
        assertThat(there.find(asked).progress().waitsFor().orElseThrow())
                .startsWith("snapshot of replica 1 has to wait: ")
                .endsWith(": 1 of volume vol-1 are pending.");
        there.elapse(Duration.ofMinutes(61));

        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.find(asked).completed().orElseThrow().warnings().warnings())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "A6 C1 a limit that lasts past the deadline costs the snapshot, or the backup where the settings say so")
    void limitPastTheDeadline() {
        there.engine.faults.add(fail("request").with(refused(ErrorKind.QUOTA, "Full.")));
        Backup recorded = there.engine.backup();
        assertThat(recorded.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(recorded.completed().orElseThrow().warnings().warnings())
                .hasSize(3)
                .allSatisfy(check -> assertThat(check.sentence()).contains("not cut within PT6H"));

        failing();
        there.engine.faults.add(fail("request").with(refused(ErrorKind.QUOTA, "Full.")));
        Backup failed = there.engine.backup();
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failed.failed().orElseThrow().message()).contains("Full.");
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName(
            "C1 a snapshot that fails is recorded: a warning on the backup and in its manifest, which restores as ever")
    void failedIsRecorded() {
        there.volumes.failing("vol-1", "The disk is broken.");
        Backup done = there.engine.backup();

        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        BackupContents contents = done.completed().orElseThrow();
        assertThat(states(contents)).containsExactly(State.USABLE, State.FAILED, State.USABLE);
        assertThat(contents.warnings().passed()).isTrue();
        assertThat(contents.warnings().warnings()).singleElement().satisfies(check -> {
            assertThat(check.code()).isEqualTo("snapshot-failed");
            assertThat(check.sentence()).contains("replica 1", "The disk is broken.");
        });
        assertThat(manifest(done).warnings()).extracting(Check::code).contains("snapshot-failed");
        assertThat(manifest(done).snapshots()).hasSize(2);
        assertThat(there.engine.restore(done).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C1 C8 a snapshot that fails after it was cut is recorded, and the backup ends with the others usable")
    void failsAfterCut() {
        there.volumes.times(VolumeFixture.SLOW);
        there.volumes.failing("vol-2", "No room.");
        Backup done = there.engine.backup();

        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(states(done.completed().orElseThrow())).containsExactly(State.USABLE, State.USABLE, State.FAILED);
        assertThat(done.completed().orElseThrow().warnings().warnings()).hasSize(1);
    }

    @Test
    @DisplayName("C8 a snapshot that does not become usable in time has failed, and the backup completes without it")
    void neverUsable() {
        there.volumes.times(SnapshotTimes.AT_ONCE.taking(Duration.ZERO, Duration.ofDays(2)));
        Backup done = there.engine.backup();

        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.completed().orElseThrow().warnings().warnings())
                .hasSize(3)
                .allSatisfy(check -> assertThat(check.sentence()).contains("not usable within PT6H"));
    }

    @Test
    @DisplayName("C1 B3 where the settings say so a failed snapshot fails the backup, by code, and nothing is left")
    void failedFailsByPolicy() {
        failing();
        there.volumes.times(VolumeFixture.SLOW);
        there.volumes.failing("vol-1", "The disk is broken.");
        Backup done = there.engine.backup();

        assertThat(done.status()).isEqualTo(JobStatus.FAILED);
        assertThat(done.failed().orElseThrow().code()).isEqualTo(ErrorCode.SNAPSHOT_FAILED);
        assertThat(done.failed().orElseThrow().message()).contains("replica 1", "The disk is broken.");
        assertThat(there.volumes.names()).isEmpty();
        assertThat(there.engine.archived()).isEmpty();
        assertThat(there.engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName(
            "C1 a provider that answers nothing about snapshots costs the snapshots, or the backup where the settings say so")
    void outage() {
        there.engine.faults.add(fail("request").with(down()));
        Backup recorded = there.engine.backup();
        assertThat(recorded.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(states(recorded.completed().orElseThrow())).containsOnly(State.FAILED);

        failing();
        there.engine.faults.add(fail("request").with(down()));
        assertThat(there.engine.backup().failed().orElseThrow().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
    }

    @Test
    @DisplayName("C1 a place that is down for a moment, or forbids one snapshot, costs no more than that")
    void troubleOfOne() {
        there.engine.faults.add(fail("request", first(2)).with(down()));
        assertThat(states(there.engine.backup().completed().orElseThrow())).containsOnly(State.USABLE);

        there.engine.faults.add(fail("request", first(1)).with(refused(ErrorKind.DENIED, "ec2:Create")));
        BackupContents contents = there.engine.backup().completed().orElseThrow();
        assertThat(states(contents)).containsExactly(State.FAILED, State.USABLE, State.USABLE);
        assertThat(contents.warnings().warnings().get(0).sentence()).contains("ec2:Create");
    }

    @Test
    @DisplayName(
            "C8 C3 once the manifest is decided a failed snapshot is recorded, also where settings now say it fails")
    void decidedIsDecided() {
        there.volumes.times(VolumeFixture.SLOW);
        there.volumes.failing("vol-0", "No room.");
        Backup asked = there.ask();
        there.elapse(Duration.ofMinutes(5));
        assertThat(there.find(asked).progress().phase()).isEqualTo("completing");
        there.engine.dispatcher.loseAll();
        SteppedDispatcher stricter = new SteppedDispatcher(there.engine.clock);

        try (ParixBackup strict = there.engine
                .builder(there.engine.catalog, there.engine.provider, stricter, 8)
                .settings(VolumeFixture.settings(WhenFailed.FAILS).build())
                .build()
                .start()) {
            there.engine.clock.advance(Duration.ofMinutes(10));
            stricter.tick();
            stricter.runUntilQuiet();
            assertThat(strict.backups().find(asked.id())).isPresent();
        }

        assertThat(states(there.find(asked).completed().orElseThrow()))
                .containsExactly(State.FAILED, State.USABLE, State.USABLE);
    }

    @Test
    @DisplayName("B6 a request whose answer was lost is repeated under its name, and makes no second snapshot")
    void lostAnswer() {
        there.engine.faults.add(strike("request", first(2)).with(Effect.lostAnswer()));
        Backup done = there.engine.backup();

        assertThat(there.volumes.names()).isEqualTo(VolumeFixture.names(done));
        assertThat(there.engine.faults.calls("request")).isEqualTo(5);
    }

    @Test
    @DisplayName("C1 B6 a name that belongs to another volume's snapshot is never taken over, and the finding says so")
    void conflict() {
        there.engine.faults.add(fail("request", first(1)).with(down()));
        Backup asked = there.ask();
        there.runDue();
        String name = ((BackupJob.Snapshotting) there.job(asked))
                .run()
                .volumes()
                .names()
                .get(0);
        there.volumes.request(name, "another", Map.of(), VolumeFixture.CALL);

        there.engine.dispatcher.runUntilQuiet();

        BackupContents contents = there.find(asked).completed().orElseThrow();
        assertThat(states(contents)).containsExactly(State.FAILED, State.USABLE, State.USABLE);
        assertThat(contents.warnings().warnings().get(0).sentence()).contains("another");
    }

    @Test
    @DisplayName("C1 where the host names no volumes, or the provider makes no snapshots, a backup is as it was")
    void noVolumes() {
        there.engine.host.volumes(DATABASE, List.of());
        Backup done = there.engine.backup();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.completed().orElseThrow().snapshots()).isEmpty();
        assertThat(there.engine.faults.calls("VolumeSnapshots.*")).isZero();
        assertThat(there.row(done).payload()).doesNotContain("snapshots");

        try (EngineFixture plain = new EngineFixture()) {
            plain.host.volumes(DATABASE, List.of(new ReplicaVolume(0, "vol-0", Map.of())));
            assertThat(plain.backup().completed().orElseThrow().snapshots()).isEmpty();
        }
    }

    @Test
    @DisplayName("C1 volumes that cannot be are refused before anything is asked for")
    void wrongVolumes() {
        there.engine.host.volumes(
                DATABASE, List.of(new ReplicaVolume(0, "vol-0", Map.of()), new ReplicaVolume(0, "vol-1", Map.of())));
        Backup done = there.engine.backup();

        assertThat(done.failed().orElseThrow().message()).contains("twice");
        assertThat(there.engine.faults.calls("request")).isZero();
    }

    @Test
    @DisplayName("B6 what a snapshot is labelled with finds it by database and backup")
    void labelled() {
        Backup done = there.engine.backup();

        List<VolumeSnapshots.Snapshot> found = there.volumes.list(
                Map.of(
                        "parix-database",
                        "db-1",
                        "parix-backup",
                        done.id().value().toLowerCase(Locale.ROOT)),
                null,
                VolumeFixture.CALL);
        assertThat(found).extracting(VolumeSnapshots.Snapshot::name).isEqualTo(VolumeFixture.names(done));
    }
}
